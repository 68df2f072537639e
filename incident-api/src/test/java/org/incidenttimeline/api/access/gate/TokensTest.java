package org.incidenttimeline.api.access.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import org.incidenttimeline.api.testing.MutableClock;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tokens of an identity provider, whose keys are served on the loopback address. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokensTest {
    private static final Instant NOW = Instant.parse("2026-03-01T14:00:00Z");
    private static final String ISSUER = "https://login.example.org";

    private final MutableClock clock = new MutableClock(NOW);
    private final TestDatabase database = TestDatabases.empty(Database.H2);
    private final RSAKey rsa;
    private final ECKey elliptic;
    private final HttpServer provider;
    private volatile boolean down;
    private final RunningService service;

    TokensTest() throws JOSEException, IOException {
        rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
        elliptic = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/keys", exchange -> {
            byte[] keys = new JWKSet(List.of(rsa.toPublicJWK(), elliptic.toPublicJWK()))
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(down ? 503 : 200, keys.length);
            try (var body = exchange.getResponseBody()) {
                body.write(keys);
            }
        });
        service = RunningService.on(
                database,
                clock,
                "--incident.oidc.issuer=" + ISSUER,
                "--incident.oidc.audience=incidents",
                "--incident.oidc.jwks-uri=http://127.0.0.1:"
                        + provider.getAddress().getPort() + "/keys",
                "--incident.oidc.roles-claim=groups",
                "--incident.oidc.role-prefix=it-",
                "--incident.events.heartbeat=PT0.1S");
    }

    @BeforeAll
    void serve() {
        provider.start();
    }

    @BeforeEach
    void reset() {
        clock.set(NOW);
        down = false;
    }

    @AfterAll
    void close() {
        service.close();
        provider.stop(0);
        database.close();
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(List.of("other", "incidents"))
                .subject("u-17")
                .claim("preferred_username", "Zoë")
                .claim("groups", List.of("it-responder", "it-nothing", "admin", "staff"))
                .issueTime(Date.from(NOW))
                .expirationTime(Date.from(NOW.plusSeconds(300)));
    }

    private String signed(UnaryOperator<JWTClaimsSet.Builder> change) throws JOSEException {
        return signed(new RSASSASigner(rsa), JWSAlgorithm.RS256, "rsa", change);
    }

    private static String signed(
            JWSSigner signer, JWSAlgorithm algorithm, String key, UnaryOperator<JWTClaimsSet.Builder> change)
            throws JOSEException {
        var token = new SignedJWT(
                new JWSHeader.Builder(algorithm).keyID(key).build(),
                change.apply(claims()).build());
        token.sign(signer);
        return token.serialize();
    }

    private int status(String token) {
        return service.with(token).get("/status-board").status();
    }

    @Test
    void a_token_says_who_acts_and_what_they_may() throws JOSEException {
        var zoe = service.with(signed(claims -> claims));

        zoe.tell("/incidents", """
                {"title": "t", "severity": "SEV3", "lead": "ana", "detection": {"source": "ALERT"}}
                """);

        assertThat(JdbcClient.create(database.dataSource())
                        .sql("select metadata from log.event")
                        .query(String.class)
                        .single())
                .contains(
                        "\"actor\":\"Zoë\"", "\"actorKind\":\"HUMAN\"", "\"credential\":\"oidc:" + ISSUER + "#u-17\"");
        // A role without the prefix is another service's.
        assertThat(zoe.get("/api-keys").status()).isEqualTo(403);
    }

    @Test
    void another_asymmetric_algorithm_is_as_good() throws JOSEException {
        assertThat(status(signed(new ECDSASigner(elliptic), JWSAlgorithm.ES256, "ec", claims -> claims)))
                .isEqualTo(200);
    }

    @Test
    void a_token_without_roles_may_nothing_and_without_a_name_is_called_by_its_subject() throws JOSEException {
        assertThat(status(signed(claims -> claims.claim("groups", null)))).isEqualTo(403);
        assertThat(status(signed(claims -> claims.claim("groups", "it-responder"))))
                .isEqualTo(403);
        var answer = service.with(signed(claims -> claims.claim("preferred_username", null)))
                .tell("/incidents", """
                        {"incidentId": "of-subject", "title": "t", "severity": "SEV3", "lead": "ana",
                         "detection": {"source": "ALERT"}}
                        """);
        assertThat(answer.status()).isEqualTo(201);
        assertThat(service.get("/incidents/of-subject/timeline")
                        .json()
                        .get("entries")
                        .get(0)
                        .get("by")
                        .asString())
                .isEqualTo("u-17");
    }

    @Test
    void a_token_that_is_not_for_us_or_not_of_the_issuer_is_refused() throws JOSEException {
        assertThat(status(signed(claims -> claims.audience("other")))).isEqualTo(401);
        assertThat(status(signed(claims -> claims.audience((String) null)))).isEqualTo(401);
        assertThat(status(signed(claims -> claims.issuer("https://login.example.com"))))
                .isEqualTo(401);
        assertThat(status(signed(claims -> claims.issuer(null)))).isEqualTo(401);
        assertThat(status(signed(claims -> claims.subject(null)))).isEqualTo(401);
    }

    @Test
    void a_token_has_an_end() throws JOSEException {
        var token = signed(claims -> claims);
        clock.set(NOW.plusSeconds(300));
        assertThat(status(token)).isEqualTo(200);
        clock.set(NOW.plusSeconds(331));
        assertThat(status(token)).isEqualTo(401);
        clock.set(NOW);
        assertThat(status(signed(claims -> claims.expirationTime(null)))).isEqualTo(401);
        assertThat(status(signed(claims -> claims.notBeforeTime(Date.from(NOW.plusSeconds(60))))))
                .isEqualTo(401);
    }

    @Test
    @Timeout(30)
    void a_stream_ends_with_its_token() throws Exception {
        var zoe = service.with(signed(claims -> claims));
        var stream = zoe.open(zoe.request("/api/v1/events").header("Accept", "text/event-stream"));
        try (var told = stream.body()) {
            clock.set(NOW.plusSeconds(329));
            // Its beginning, and signs of life for a second and more.
            assertThat(told.readNBytes(60)).hasSize(60);

            clock.set(NOW.plusSeconds(331));

            assertThat(told.readAllBytes()).hasSizeLessThan(60);
        }
    }

    @Test
    void a_token_that_anybody_could_have_signed_is_refused() throws JOSEException {
        var stranger = new RSAKeyGenerator(2048).keyID("rsa").generate();
        assertThat(status(signed(new RSASSASigner(stranger), JWSAlgorithm.RS256, "rsa", claims -> claims)))
                .isEqualTo(401);
        // The public key, taken for a shared secret.
        byte[] shared = rsa.toRSAPublicKey().getEncoded();
        assertThat(status(signed(new MACSigner(shared), JWSAlgorithm.HS256, "rsa", claims -> claims)))
                .isEqualTo(401);
        assertThat(status(new PlainJWT(claims().build()).serialize())).isEqualTo(401);
        var good = signed(claims -> claims);
        assertThat(status(good.substring(0, good.lastIndexOf('.') + 1))).isEqualTo(401);
    }

    @Test
    void a_name_that_could_deceive_is_no_name() throws JOSEException {
        assertThat(status(signed(claims -> claims.claim("preferred_username", "a\u202Eb"))))
                .isEqualTo(401);
    }

    @Test
    void without_the_providers_keys_nobody_is_let_in_and_nobody_is_called_a_liar() throws JOSEException {
        down = true;
        try (var empty = TestDatabases.empty(Database.H2);
                var other = RunningService.on(
                        empty,
                        clock,
                        "--incident.oidc.issuer=" + ISSUER,
                        "--incident.oidc.audience=incidents",
                        "--incident.oidc.jwks-uri=http://127.0.0.1:"
                                + provider.getAddress().getPort() + "/keys",
                        "--logging.level.org.incidenttimeline.api.access=off")) {
            var answer = other.with(signed(claims -> claims)).get("/status-board");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.json().get("code").asString()).isEqualTo("identity-provider-unavailable");
            assertThat(answer.header("Retry-After")).isEqualTo("5");
            assertThat(other.get("/status-board").status()).isEqualTo(200);
        }
    }

    @Test
    void an_issuer_without_an_audience_is_no_configuration() {
        for (var half : List.of("--incident.oidc.issuer=" + ISSUER, "--incident.oidc.audience=incidents")) {
            try (var empty = TestDatabases.empty(Database.H2)) {
                assertThatThrownBy(() -> RunningService.on(empty, clock, half))
                        .hasRootCauseMessage(
                                "incident.oidc.issuer and incident.oidc.audience must be given together, or neither");
            }
        }
    }
}
