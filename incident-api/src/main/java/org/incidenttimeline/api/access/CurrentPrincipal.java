package org.incidenttimeline.api.access;

import java.io.Serial;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.api.problem.ProblemCode;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

/** The principal of the request that this thread answers. */
public final class CurrentPrincipal {
    private CurrentPrincipal() {}

    /** The principal as Spring Security carries it; the credential itself is not kept. */
    public static final class Authenticated extends AbstractAuthenticationToken {
        @Serial
        private static final long serialVersionUID = 1L;

        private final transient Principal principal;

        public Authenticated(Principal principal) {
            super(authorities(principal));
            this.principal = principal;
            setAuthenticated(true);
        }

        private static List<SimpleGrantedAuthority> authorities(Principal principal) {
            return principal.roles().stream()
                    .map(role -> new SimpleGrantedAuthority("ROLE_" + role))
                    .toList();
        }

        @Override
        public Principal getPrincipal() {
            return principal;
        }

        @Override
        public Object getCredentials() {
            return "";
        }

        @Override
        public String getName() {
            return principal.credential();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Authenticated that && principal.equals(that.principal);
        }

        @Override
        public int hashCode() {
            return principal.hashCode();
        }
    }

    public static Optional<Principal> ifAny() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof Authenticated authenticated
                ? Optional.of(authenticated.getPrincipal())
                : Optional.empty();
    }

    /** The principal; a request without a credential ends here. */
    public static Principal get() {
        return ifAny().orElseThrow(() ->
                ProblemCode.CREDENTIAL_REQUIRED.because("Send a credential in the header Authorization: Bearer …"));
    }
}
