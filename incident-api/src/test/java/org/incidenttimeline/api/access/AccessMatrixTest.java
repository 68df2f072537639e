package org.incidenttimeline.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.api.testing.RunningService.Answer;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.springframework.http.HttpMethod;

/** Every endpoint with a credential of every role, against the table in the code, and that against the documentation. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessMatrixTest {
    /** What has a controller, is no endpoint of ours, and is open to nobody. */
    private static final List<String> FOR_NOBODY = List.of("/actuator/health/**", "/error");

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(GET|POST) (/[^`]*)` \\|(.*)\\|$");

    private final TestDatabase database = TestDatabases.empty(Database.H2);
    private final RunningService service = RunningService.on(database, Clock.systemUTC());
    private final Map<AccessRole, RunningService> callers = new EnumMap<>(AccessRole.class);
    private List<Route> routes = List.of();

    @BeforeAll
    void declare() {
        service.tell("/incidents", """
                {"incidentId": "inc-1", "title": "Checkout fails", "severity": "SEV3", "lead": "ana",
                 "detection": {"source": "ALERT"}}
                """);
        for (var role : AccessRole.values()) {
            callers.put(role, service.as("one-" + role, role));
        }
        routes = Route.of(service).stream()
                .filter(route -> !FOR_NOBODY.contains(route.pattern()))
                .toList();
    }

    @AfterAll
    void close() {
        service.close();
        database.close();
    }

    @Test
    void every_endpoint_has_a_rule_and_every_rule_an_endpoint() {
        assertThat(routes).hasSizeGreaterThan(50);
        assertThat(routes)
                .allSatisfy(
                        route -> assertThat(AccessRules.rule(HttpMethod.valueOf(route.method()), route.path("inc-1")))
                                .as("%s must have its row in AccessRules", route)
                                .isPresent());
        var mapped = routes.stream().map(Route::toString).toList();
        assertThat(AccessRules.table())
                .filteredOn(rule -> !rule.path().getPatternString().endsWith("/**"))
                .allSatisfy(rule -> assertThat(mapped)
                        .contains(rule.method() + " " + rule.path().getPatternString()));
    }

    @TestFactory
    Stream<DynamicTest> a_role_may_call_what_the_table_says() {
        return routes.stream()
                .filter(route -> AccessRules.rule(HttpMethod.valueOf(route.method()), route.path("inc-1"))
                        .filter(rule -> !rule.anyone())
                        .isPresent())
                .flatMap(route -> Arrays.stream(AccessRole.values())
                        .map(role -> dynamicTest(route + " as " + role, () -> isAsTheTableSays(route, role))));
    }

    private void isAsTheTableSays(Route route, AccessRole role) {
        var path = route.path("inc-1");
        var rule = AccessRules.rule(HttpMethod.valueOf(route.method()), path).orElseThrow();

        var answer = ask(callers.get(role), route, path);

        if (rule.roles().contains(role)) {
            assertThat(answer.status()).as(answer.text()).isNotIn(401, 403, 405, 429, 500);
            assertThat(answer.text()).doesNotContain("\"not-found\"");
        } else {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.json().get("code").asString()).isEqualTo("not-allowed");
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        }
    }

    @TestFactory
    Stream<DynamicTest> nobody_gets_in_without_a_credential() {
        return routes.stream()
                .map(route -> dynamicTest(route.toString(), () -> {
                    var path = route.path("inc-1");
                    var answer = service.send(with(route, service.anonymous(path)));
                    boolean anyone = AccessRules.rule(HttpMethod.valueOf(route.method()), path)
                            .orElseThrow()
                            .anyone();
                    if (!anyone) {
                        assertThat(answer.status()).isEqualTo(401);
                        assertThat(answer.json().get("code").asString()).isEqualTo("credential-required");
                        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"incident-timeline\"");
                    } else if (route.pattern().startsWith("/actuator")) {
                        assertThat(answer.status()).isEqualTo(200);
                    }
                }));
    }

    @Test
    void only_health_is_open_and_adapters_verify_their_own_sender() {
        assertThat(AccessRules.table())
                .filteredOn(AccessRules.Rule::anyone)
                .extracting(rule -> rule.method() + " " + rule.path().getPatternString())
                .allMatch(open -> open.equals("GET /actuator/health") || open.startsWith("POST /api/v1/inbound/"));
        for (var path :
                List.of("/actuator", "/actuator/env", "/actuator/health/db", "/error", "/", "/api/v1/nothing")) {
            assertThat(service.send(service.anonymous(path)).status()).as(path).isEqualTo(401);
            var answer = service.send(service.request(path));
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.json().get("code").asString()).as(path).isEqualTo("not-found");
        }
    }

    @Test
    void an_address_answers_to_its_own_methods_alone() {
        var answer =
                service.send(service.request("/api/v1/incidents/inc-1/notes").DELETE());
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo("POST");
        assertThat(service.send(service.request("/api/v1/status-board")
                                .method("HEAD", HttpRequest.BodyPublishers.noBody()))
                        .status())
                .isEqualTo(200);
        assertThat(service.send(service.request("/api/v1/status-board;x=y")).status())
                .isEqualTo(400);
    }

    @Test
    void several_roles_allow_what_one_of_them_does() {
        var principal = new Principal(
                new Actor(new Person("ben"), Actor.Kind.HUMAN),
                "api-key:x",
                Set.of(AccessRole.AUDITOR, AccessRole.COMMUNICATOR),
                Set.of());
        assertThat(AccessRules.allows(principal, HttpMethod.POST, "/api/v1/incidents/inc-1/updates"))
                .isTrue();
        assertThat(AccessRules.allows(principal, HttpMethod.POST, "/api/v1/incidents/inc-1/freezes"))
                .isFalse();
        assertThat(AccessRules.allows(principal, HttpMethod.POST, "/api/v1/incidents/inc-1/nothing"))
                .isFalse();
    }

    @Test
    void the_documentation_repeats_the_table() throws IOException {
        var documented = new TreeMap<String, String>();
        ROW.matcher(Files.readString(Path.of("../docs/api/access.md")))
                .results()
                .filter(row -> row.group(3).chars().filter(c -> c == '|').count() == 5)
                .forEach(row -> documented.put(
                        row.group(1) + " " + row.group(2), row.group(3).strip()));

        var actual = new TreeMap<String, String>();
        AccessRules.table()
                .forEach(rule -> actual.put(
                        rule.method() + " " + rule.path().getPatternString().replaceFirst("^/api/v1", ""),
                        String.join(
                                " | ",
                                Arrays.stream(AccessRole.values())
                                        .map(role -> rule.anyone()
                                                ? "anyone"
                                                : rule.roles().contains(role) ? "yes" : "–")
                                        .toList())));
        assertThat(documented).isEqualTo(actual);
        assertThat(Files.readString(Path.of("../docs/api/access.md")))
                .contains("| endpoint | "
                        + String.join(
                                " | ",
                                Arrays.stream(AccessRole.values())
                                        .map(role -> role.name().toLowerCase(Locale.ROOT))
                                        .toList()));
    }

    private static Answer ask(RunningService caller, Route route, String path) {
        return caller.send(with(route, caller.request(path)));
    }

    private static HttpRequest.Builder with(Route route, HttpRequest.Builder request) {
        return route.method().equals("GET")
                ? request
                : request.header("Content-Type", "application/json")
                        .method(route.method(), HttpRequest.BodyPublishers.ofString("{}"));
    }
}
