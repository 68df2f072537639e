package org.incidenttimeline.api.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.incidenttimeline.api.access.AccessRole;
import org.incidenttimeline.api.testing.MutableClock;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The whole population of a period, with who decided what and when. */
@ParameterizedClass
@EnumSource(Database.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit sets the parameter, and start() the rest.
class RegisterTest {
    private static final Instant START = Instant.parse("2026-03-01T14:00:00Z");

    @Parameter
    Database kind;

    private final MutableClock clock = new MutableClock(START);
    private TestDatabase database;
    private RunningService service;
    private RunningService auditor;

    @BeforeParameterizedClassInvocation
    void start() {
        clock.set(START);
        database = TestDatabases.empty(kind);
        service = RunningService.on(database, clock);
        auditor = service.as("audra", AccessRole.AUDITOR);
        declare("live", "=cmd|' /C calc'!A0", "\"services\": [\"checkout\"]", "14:00");
        declare("drill", "We \"practise\", all", "\"mode\": \"DRILL\"", "13:50");
        declare("secret", "Restricted", "\"visibility\": \"RESTRICTED\"", "13:40");
        declare("old", "Past", "\"mode\": \"BACKFILLED\"", "09:00");
        declare("false", "A probe", "\"services\": [\"checkout\"]", "13:30");
        declare("twin", "The same", "\"services\": [\"search\"]", "13:20");
        clock.set(START.plus(Duration.ofMinutes(10)));
        service.tell("/incidents/live/severity", "{\"severity\": \"SEV1\", \"because\": \"worse\"}");
        service.tell("/incidents/live/notes", "{\"text\": \"no decision\"}");
        service.tell("/incidents/false/cancellation", "{\"reason\": \"FALSE_POSITIVE\", \"because\": \"a probe\"}");
        service.tell("/incidents/twin/merge", "{\"into\": \"live\", \"because\": \"the same release\"}");
    }

    private void declare(String id, String title, String more, String time) {
        service.tell("/incidents", """
                {"incidentId": "%s", "title": "%s", "severity": "SEV2", "lead": "ana", %s,
                 "occurredAt": "2026-03-01T%s:00Z", "detection": {"source": "ALERT"}}
                """.formatted(id, title.replace("\"", "\\\""), more, time));
    }

    @AfterParameterizedClassInvocation
    void close() {
        service.close();
        database.close();
    }

    private JsonNode register(String query) {
        return auditor.get("/register" + query).accepted().json();
    }

    private static List<String> ids(JsonNode register) {
        return register.get("incidents")
                .valueStream()
                .map(incident -> incident.get("incidentId").asString())
                .toList();
    }

    private List<CSVRecord> table(String query) throws IOException {
        var answer = auditor.send(auditor.request("/api/v1/register" + query).header("Accept", "text/csv"))
                .accepted();
        assertThat(answer.header("Content-Type")).startsWith("text/csv");
        assertThat(answer.text()).endsWith("\r\n");
        try (var parser = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(new StringReader(answer.text()))) {
            assertThat(parser.getHeaderNames()).isEqualTo(RegisterCsv.COLUMNS);
            return parser.getRecords();
        }
    }

    @Test
    void every_incident_of_the_period_is_in_it_however_it_ended_and_whatever_it_was() {
        assertThat(ids(register(""))).containsExactly("live", "drill", "secret", "false", "twin", "old");
        assertThat(ids(register("?from=2026-03-01T13:30:00Z&to=2026-03-01T13:50:00Z")))
                .containsExactly("secret", "false");
        assertThat(ids(register("?from=2027-01-01T00:00:00Z"))).isEmpty();
        assertThat(auditor.get("/register?from=2027-01-01T00:00:00Z&to=2026-01-01T00:00:00Z")
                        .status())
                .isEqualTo(400);
        assertThat(auditor.get("/register?until=2027-01-01T00:00:00Z").status()).isEqualTo(400);

        var incidents = register("").get("incidents");
        assertThat(incidents.get(3).get("cancelled").asString()).isEqualTo("FALSE_POSITIVE");
        assertThat(incidents.get(4).get("mergedInto").asString()).isEqualTo("live");
        var live = incidents.get(0);
        assertThat(live.get("severity").asString()).isEqualTo("SEV1");
        assertThat(live.get("declaredSeverity").asString()).isEqualTo("SEV2");
        assertThat(live.get("decisions")
                        .valueStream()
                        .map(decision -> decision.get("kind").asString() + " by "
                                + decision.get("by").asString() + " at "
                                + decision.get("recordedAt").asString()))
                .containsExactly(
                        "declared by ana at 2026-03-01T14:00:00Z", "severity-changed by ana at 2026-03-01T14:10:00Z");
    }

    @Test
    void it_says_who_made_it_and_as_of_what_and_is_on_record() {
        var export = register("").get("register");
        assertThat(export.get("madeBy").asString()).isEqualTo("audra");
        assertThat(export.get("madeAt").asString()).isEqualTo("2026-03-01T14:10:00Z");
        assertThat(export.get("incidents").asLong()).isEqualTo(6);

        var access = auditor.get("/log/accesses?limit=1")
                .accepted()
                .json()
                .get("accesses")
                .get(0);
        assertThat(access.get("number")).isEqualTo(export.get("export"));
        assertThat(access.get("what").asString()).isEqualTo("REGISTER");
        assertThat(access.get("actor").asString()).isEqualTo("audra");
        assertThat(access.get("sent").asLong()).isEqualTo(6);
        assertThat(access.get("lastPosition")).isEqualTo(export.get("position"));
    }

    @Test
    void as_of_a_past_moment_it_is_what_it_was() {
        var then = register("?asOf=2026-03-01T14:05:00Z");

        assertThat(ids(then)).hasSize(6);
        assertThat(then.get("incidents").get(0).get("severity").asString()).isEqualTo("SEV2");
        assertThat(then.get("incidents").get(3).get("cancelled").isNull()).isTrue();
        assertThat(ids(register("?asOf=2026-03-01T13:59:59Z"))).isEmpty();
    }

    @Test
    void as_a_table_it_says_the_same_and_holds_no_formula() throws IOException {
        var rows = table("?from=2026-03-01T13:00:00Z");

        assertThat(rows)
                .extracting(row -> row.get("incident"))
                .containsExactly("live", "drill", "secret", "false", "twin");
        assertThat(rows).extracting(row -> row.get("number")).containsExactly("1", "2", "3", "4", "5");
        assertThat(rows).extracting(row -> row.get("of")).containsOnly("5");
        assertThat(rows.get(0).get("title")).isEqualTo("'=cmd|' /C calc'!A0");
        assertThat(rows.get(1).get("title")).isEqualTo("We \"practise\", all");
        assertThat(rows.get(4).get("mergedInto")).isEqualTo("live");
        assertThat(rows.get(0).get("decisions").lines()).hasSize(2);
        assertThat(rows).extracting(row -> row.get("exportedBy")).containsOnly("audra");
        assertThat(table("?from=2027-01-01T00:00:00Z")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"})
    void what_a_spreadsheet_would_calculate_is_text(String cell) {
        assertThat(RegisterCsv.harmless(cell)).isEqualTo("'" + cell);
        assertThat(RegisterCsv.harmless("a" + cell)).isEqualTo("a" + cell);
    }

    @Test
    void who_is_confined_to_services_exports_what_concerns_these() {
        var confined = service.asConfined("bot", Set.of(new ServiceName("search")), AccessRole.AUDITOR);

        assertThat(ids(confined.get("/register").accepted().json())).containsExactly("twin");
        assertThat(service.as("ben", AccessRole.RESPONDER).get("/register").status())
                .isEqualTo(403);
    }
}
