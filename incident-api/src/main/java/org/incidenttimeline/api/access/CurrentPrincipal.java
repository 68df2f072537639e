package org.incidenttimeline.api.access;

import java.io.Serial;
import java.time.Instant;
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
        private final transient Optional<Instant> goodUntil;

        /** @param goodUntil when the credential ends, as it says itself */
        public Authenticated(Principal principal, Optional<Instant> goodUntil) {
            super(authorities(principal));
            this.principal = principal;
            this.goodUntil = goodUntil;
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
        return authenticated().map(Authenticated::getPrincipal);
    }

    /** When the credential of the request ends, for requests that last; empty for one that does not say. */
    public static Optional<Instant> goodUntil() {
        return authenticated().flatMap(authenticated -> authenticated.goodUntil);
    }

    private static Optional<Authenticated> authenticated() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof Authenticated authenticated
                ? Optional.of(authenticated)
                : Optional.empty();
    }

    /** The principal; a request without a credential ends here. */
    public static Principal get() {
        return ifAny().orElseThrow(() ->
                ProblemCode.CREDENTIAL_REQUIRED.because("Send a credential in the header Authorization: Bearer …"));
    }
}
