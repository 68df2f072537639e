package org.incidenttimeline.api.access.gate;

import java.util.Optional;
import org.incidenttimeline.api.access.CurrentPrincipal.Authenticated;
import org.incidenttimeline.api.access.key.ApiKeys;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/** Proves a bearer credential: an API key of ours, or a token of the identity provider. */
final class Credentials implements AuthenticationManager {
    private final ApiKeys keys;
    private final Tokens tokens;

    Credentials(ApiKeys keys, Tokens tokens) {
        this.keys = keys;
        this.tokens = tokens;
    }

    @Override
    public Authentication authenticate(Authentication presented) {
        String credential = ((BearerTokenAuthenticationToken) presented).getToken();
        var authenticated = ApiKeys.isOurs(credential)
                ? keys.authenticate(credential)
                        .map(key ->
                                new Authenticated(key.principal(), key.grant().expiresAt()))
                : holder(credential);
        return authenticated.orElseThrow(() -> new BadCredentialsException("not a credential that is good here"));
    }

    private Optional<Authenticated> holder(String token) {
        try {
            return tokens.holder(token);
        } catch (BadJwtException e) {
            throw new BadCredentialsException("not a token that is good here", e);
        } catch (JwtException e) {
            throw new AuthenticationServiceException("the keys of the identity provider cannot be had", e);
        }
    }
}
