package org.incidenttimeline.api.access.gate;

import java.net.URI;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The identity provider whose tokens are taken ({@code incident.oidc}); none where no issuer is given.
 *
 * @param issuer the issuer that a token must name
 * @param audience the audience that a token must be meant for
 * @param jwksUri where the issuer's keys are; without it, what the issuer's discovery document says
 * @param nameClaim the claim that names the person
 * @param rolesClaim the claim that lists roles
 * @param rolePrefix what a role of ours begins with in that list; others are passed over
 */
@ConfigurationProperties("incident.oidc")
record Oidc(
        Optional<String> issuer,
        Optional<String> audience,
        Optional<URI> jwksUri,
        @DefaultValue("preferred_username") String nameClaim,
        @DefaultValue("roles") String rolesClaim,
        @DefaultValue("incident-") String rolePrefix) {
    Oidc {
        issuer = issuer.filter(text -> !text.isBlank());
        audience = audience.filter(text -> !text.isBlank());
        if (issuer.isPresent() != audience.isPresent()) {
            // A token that is good for any audience could have been meant for, and be sent on by, another service.
            throw new IllegalArgumentException(
                    "incident.oidc.issuer and incident.oidc.audience must be given together, or neither");
        }
    }
}
