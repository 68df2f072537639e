package org.incidenttimeline.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.Person;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What the headers of a request say: who acts, which version they saw, and how fresh an answer must be. */
class HeadersTest extends HttpTest {
    private static final String NOTE = "{\"text\":\"t\"}";

    private Answer note(String... headers) {
        return post(AT + "/notes", NOTE, headers);
    }

    @Test
    void a_command_carries_who_gave_it() {
        assertThat(note("X-Correlation-Id", "deploy-7", "X-Causation-Id", "alert-3")
                        .status())
                .isEqualTo(200);

        var provenance = desk.last().orElseThrow().provenance();
        assertThat(provenance.actor()).isEqualTo(new Actor(new Person("ada"), Actor.Kind.HUMAN));
        assertThat(provenance.onBehalfOf()).isEmpty();
        assertThat(provenance.credential()).isEqualTo("api-key:ada");
        assertThat(provenance.commandId())
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(provenance.correlationId()).isEqualTo("deploy-7");
        assertThat(provenance.causationId()).isEqualTo("alert-3");
        assertThat(provenance.idempotencyKey()).isEqualTo(Optional.empty());
    }

    @Test
    void a_command_that_names_no_cause_is_its_own() {
        note();

        var provenance = desk.last().orElseThrow().provenance();
        assertThat(provenance.actor().kind()).isEqualTo(Actor.Kind.HUMAN);
        assertThat(provenance.correlationId()).isEqualTo(provenance.commandId());
        assertThat(provenance.causationId()).isEqualTo(provenance.commandId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"import:a", "\"import:a\"", "import:"})
    void a_key_that_could_be_taken_for_one_of_an_import_is_refused(String key) {
        assertThat(note("Idempotency-Key", key).isProblem(400, "invalid-header").body())
                .contains("Idempotency-Key must not begin with import:");
        assertThat(desk.handed()).isEmpty();

        assertThat(note("Idempotency-Key", "imported").status()).isEqualTo(200);
    }

    @Test
    void every_command_has_an_identifier_of_its_own() {
        note();
        note();

        assertThat(desk.handed())
                .extracting(handed -> handed.provenance().commandId())
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "Zo%C3%AB, Zoë",
        "%E6%9D%8E%20%E5%9B%9B, 李 四",
        "100%25 ops, 100% ops",
        "a+b, a+b",
        "ada lovelace, ada lovelace"
    })
    void a_tool_names_the_human_it_acts_for(String header, String name) {
        principal.is("chat-bot", Actor.Kind.TOOL);
        assertThat(note("X-On-Behalf-Of", header).status()).isEqualTo(200);

        var provenance = desk.last().orElseThrow().provenance();
        assertThat(provenance.actor()).isEqualTo(new Actor(new Person("chat-bot"), Actor.Kind.TOOL));
        assertThat(provenance.onBehalfOf()).contains(new Person(name));
    }

    @Test
    void a_human_acts_for_nobody_else() {
        note("X-On-Behalf-Of", "ben").isProblem(403, "delegation-not-allowed");
        assertThat(desk.handed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "%20", "%", "%4", "%zz", "%C3", "%00", "%E2%80%AE", "a%0Ab", "%ED%A0%80", "%C0%80", "%20ada"
            })
    void a_name_that_could_deceive_is_refused(String human) {
        principal.is("chat-bot", Actor.Kind.TOOL);
        assertThat(send(
                                "POST",
                                AT + "/notes",
                                BodyPublishers.ofString(NOTE),
                                Map.of("Content-Type", "application/json", "X-On-Behalf-Of", human))
                        .isProblem(400, "invalid-header")
                        .body())
                .contains("X-On-Behalf-Of");
        assertThat(desk.handed()).isEmpty();
    }

    @Test
    void a_name_has_at_most_100_characters() {
        principal.is("chat-bot", Actor.Kind.TOOL);
        assertThat(note("X-On-Behalf-Of", "%C3%AB".repeat(100)).status()).isEqualTo(200);
        note("X-On-Behalf-Of", "a".repeat(101)).isProblem(400, "invalid-header");
    }

    @ParameterizedTest
    @CsvSource({
        "X-Actor, ben",
        "X-Actor-Kind, TOOL",
        "X-Correlation-Id, two words",
        "X-Causation-Id, two words",
    })
    void other_headers_are_checked_too(String name, String value) {
        note(name, value).isProblem(400, "invalid-header");
        assertThat(desk.handed()).isEmpty();
    }

    @Test
    void a_correlation_id_has_at_most_128_characters() {
        assertThat(note("X-Correlation-Id", "x".repeat(128)).status()).isEqualTo(200);
        note("X-Correlation-Id", "x".repeat(129)).isProblem(400, "invalid-header");
    }

    @Test
    void the_version_that_the_caller_saw_reaches_the_desk() {
        note("If-Match", "\"7\"");
        assertThat(desk.last().orElseThrow().expectedVersion()).isEqualTo(OptionalLong.of(7));

        note();
        assertThat(desk.last().orElseThrow().expectedVersion()).isEqualTo(OptionalLong.empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"W/\"7\"", "7", "\"\"", "\"-7\"", "\"x\"", "*", "\"7\", \"8\"", "\"9999999999999999999\"", "\"7"
            })
    void a_version_in_another_form_is_refused(String ifMatch) {
        note("If-Match", ifMatch).isProblem(400, "invalid-header");
        assertThat(desk.handed()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|''|{'minPosition':null,'minVersion':null,'patience':2}",
                "?minVersion=7|wait=5|{'minPosition':null,'minVersion':7,'patience':5}",
                "?minPosition=1042|respond-async, wait=10; x=y|{'minPosition':1042,'minVersion':null,'patience':10}",
                "''|WAIT = 100000|{'minPosition':null,'minVersion':null,'patience':30}",
                "''|wait=soon|{'minPosition':null,'minVersion':null,'patience':2}",
                "''|await=5|{'minPosition':null,'minVersion':null,'patience':2}",
            })
    void a_read_says_how_fresh_it_must_be(String query, String prefer, String expected) {
        var answer = prefer.isEmpty() ? get("/test/read" + query) : get("/test/read" + query, "Prefer", prefer);

        assertThat(answer.json()).isEqualTo(JsonMapper.shared().readTree(expected.replace('\'', '"')));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?minVersion=",
                "?minVersion=x",
                "?minVersion=-1",
                "?minVersion=1&minVersion=2",
                "?minPosition=1e3"
            })
    void a_version_to_wait_for_is_a_whole_number(String query) {
        get("/test/read" + query).isProblem(400, "invalid-parameter");
    }

    @Test
    void a_read_that_the_caller_has_already_is_not_sent_again() {
        assertThat(get("/test/read").header("ETag")).isEqualTo("\"9\"");

        var again = get("/test/read", "If-None-Match", "\"9\"");

        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }
}
