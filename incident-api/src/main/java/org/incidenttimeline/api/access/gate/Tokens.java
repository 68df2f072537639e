package org.incidenttimeline.api.access.gate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.incidenttimeline.api.access.AccessRole;
import org.incidenttimeline.api.access.CurrentPrincipal.Authenticated;
import org.incidenttimeline.api.access.Principal;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.InvalidValue;
import org.incidenttimeline.core.event.Person;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;

/**
 * Tells who holds a token of the identity provider. A token must be signed with an asymmetric algorithm, name the issuer
 * and us as its audience, and end.
 */
final class Tokens {
    private static final Duration SKEW = Duration.ofSeconds(30);

    private final Oidc oidc;
    private final Optional<JwtDecoder> decoder;

    Tokens(Oidc oidc, Clock clock) {
        this.oidc = oidc;
        // The provider is asked when the first token comes: it may start after us.
        this.decoder = oidc.issuer().map(issuer -> new SupplierJwtDecoder(() -> decoder(oidc, issuer, clock)));
    }

    private static JwtDecoder decoder(Oidc oidc, String issuer, Clock clock) {
        var builder = oidc.jwksUri()
                .map(uri -> NimbusJwtDecoder.withJwkSetUri(uri.toString()))
                .orElseGet(() -> NimbusJwtDecoder.withIssuerLocation(issuer));
        // SignatureAlgorithm holds the asymmetric ones alone; those with a shared secret are MacAlgorithm.
        var decoder = builder.jwsAlgorithms(all -> all.addAll(List.of(SignatureAlgorithm.values())))
                .build();
        var lifetime = new JwtTimestampValidator(SKEW);
        lifetime.setClock(clock);
        String audience = oidc.audience().orElseThrow();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                lifetime,
                new JwtClaimValidator<Object>(JwtClaimNames.EXP, Objects::nonNull),
                new JwtClaimValidator<Object>(JwtClaimNames.SUB, Objects::nonNull),
                new JwtIssuerValidator(issuer),
                new JwtClaimValidator<List<String>>(
                        JwtClaimNames.AUD, given -> given != null && given.contains(audience))));
        return decoder;
    }

    /**
     * Who holds the token; empty where no identity provider is trusted.
     *
     * @throws org.springframework.security.oauth2.jwt.BadJwtException if the token is not good
     * @throws org.springframework.security.oauth2.jwt.JwtException if the provider's keys cannot be had
     */
    Optional<Authenticated> holder(String token) {
        return decoder.map(d -> d.decode(token)).map(jwt -> new Authenticated(principal(jwt), until(jwt)));
    }

    /** As long as it would be taken. */
    private static Optional<Instant> until(Jwt token) {
        return Optional.ofNullable(token.getExpiresAt()).map(end -> end.plus(SKEW));
    }

    private Principal principal(Jwt token) {
        String subject = Objects.requireNonNull(token.getSubject(), "the validator asks for it");
        String name = token.getClaims().get(oidc.nameClaim()) instanceof String text ? text : subject;
        try {
            return new Principal(
                    new Actor(new Person(name), Actor.Kind.HUMAN),
                    "oidc:" + oidc.issuer().orElseThrow() + "#" + subject,
                    roles(token),
                    Set.of());
        } catch (InvalidValue e) {
            throw new BadJwtException("the name in the token " + e.getMessage(), e);
        }
    }

    private Set<AccessRole> roles(Jwt token) {
        var roles = EnumSet.noneOf(AccessRole.class);
        if (token.getClaims().get(oidc.rolesClaim()) instanceof List<?> given) {
            for (var role : AccessRole.values()) {
                if (given.contains(oidc.rolePrefix() + role.name().toLowerCase(Locale.ROOT))) {
                    roles.add(role);
                }
            }
        }
        return roles;
    }
}
