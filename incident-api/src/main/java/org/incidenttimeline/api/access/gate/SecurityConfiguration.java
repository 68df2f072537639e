package org.incidenttimeline.api.access.gate;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import org.incidenttimeline.api.access.AccessRules;
import org.incidenttimeline.api.access.CurrentPrincipal.Authenticated;
import org.incidenttimeline.api.access.denial.DeniedRequests;
import org.incidenttimeline.api.access.key.ApiKeys;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.problem.ProblemCode;
import org.incidenttimeline.api.problem.ProblemWriter;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * What a request passes, in this order: no credential in the address, authentication by the header alone, the rate limit,
 * the table of rules, and the gate of its incident. There are no sessions and no cookies, so there is nothing for a foreign
 * page to ride on.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@EnableConfigurationProperties(Oidc.class)
class SecurityConfiguration {
    private static final String INBOUND = "/api/v1/inbound/";

    @Bean
    RateLimits rateLimits(
            @Value("${incident.rate-limit.requests-per-minute:" + Limits.REQUESTS_A_MINUTE + "}") int requests) {
        return new RateLimits(requests);
    }

    @Bean
    SecurityFilterChain gate(
            HttpSecurity http,
            ApiKeys keys,
            DeniedRequests denied,
            ProblemWriter writer,
            Oidc oidc,
            Clock clock,
            RateLimits limits) {
        var problems = new AccessProblems(writer, limits);
        var bearer = new BearerTokenAuthenticationFilter(new Credentials(keys, new Tokens(oidc, clock))) {
            // The token that a source sends is for its adapter; here it would only be a wrong key.
            @Override
            protected boolean shouldNotFilter(HttpServletRequest request) {
                return request.getRequestURI().startsWith(INBOUND);
            }
        };
        bearer.setAuthenticationEntryPoint(problems);
        bearer.setAuthenticationFailureHandler(problems);
        return http.sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .cors(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.cacheControl(HeadersConfigurer.CacheControlConfig::disable)
                        .addHeaderWriter(SecurityConfiguration::mayBeKeptByTheCallerAlone))
                .addFilterBefore(new DenialFilter(denied), SecurityContextHolderFilter.class)
                .addFilterBefore(new QueryCredentialFilter(writer), SecurityContextHolderFilter.class)
                .addFilterBefore(bearer, AuthorizationFilter.class)
                .addFilterBefore(new RateLimitFilter(limits, problems), AuthorizationFilter.class)
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                // What a request was let through for may answer later, or end as an error.
                .authorizeHttpRequests(requestsTo -> requestsTo
                        .dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                        .permitAll()
                        .anyRequest()
                        .access(table()))
                .build();
    }

    /** No cache in between keeps an answer, and the caller asks each time whether theirs still holds (RFC 9111, 5.2.2). */
    private static void mayBeKeptByTheCallerAlone(HttpServletRequest request, HttpServletResponse response) {
        if (!response.containsHeader(HttpHeaders.CACHE_CONTROL)) {
            response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        }
    }

    private static AuthorizationManager<RequestAuthorizationContext> table() {
        return (authentication, context) -> {
            var request = context.getRequest();
            var rule = AccessRules.rule(HttpMethod.valueOf(request.getMethod()), request.getRequestURI());
            return new AuthorizationDecision(rule.filter(r -> r.anyone()
                            || (authentication.get() instanceof Authenticated a && r.allows(a.getPrincipal())))
                    .isPresent());
        };
    }

    /** What the firewall takes for an attack is told as any other request that makes no sense. */
    @Bean
    RequestRejectedHandler rejected(ProblemWriter writer) {
        return (request, response, cause) ->
                writer.write(response, ProblemCode.BAD_REQUEST.problem("The request cannot be understood."));
    }

    @Bean
    WebMvcConfigurer incidentGating(IncidentGate gate) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(gate);
            }
        };
    }
}
