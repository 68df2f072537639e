package org.incidenttimeline.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.core.command.Accepted;
import org.incidenttimeline.core.command.BatchRefused;
import org.incidenttimeline.core.command.IncidentCommand;
import org.incidenttimeline.core.command.IncidentCommand.AddNote;
import org.incidenttimeline.core.command.IncidentCommand.DeclareIncident;
import org.incidenttimeline.core.command.IncidentCommand.MergeInto;
import org.incidenttimeline.core.command.RetryKey;
import org.incidenttimeline.core.event.IncidentEvent.NoteAdded;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Text;
import org.incidenttimeline.core.incident.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several commands in one request, as far as the web layer goes. */
class BatchRequestTest extends HttpTest {
    private static final String COMMANDS = AT + "/commands";
    private static final String NOTE = "{\"path\":\"/notes\",\"body\":{\"text\":\"t\"}}";
    private static final String DECLARATION = """
            {"path":"","body":{"title":"t","severity":"SEV1","lead":"ada","detection":{"source":"ALERT"}}}""";

    private Answer batch(String... commands) {
        return post(COMMANDS, "{\"commands\":[" + String.join(",", commands) + "]}");
    }

    @Test
    void the_commands_reach_the_desk_together_and_each_has_its_own_id() {
        var answer = batch(DECLARATION, NOTE, "{\"path\":\"/merge\",\"body\":{\"into\":\"inc-2\",\"because\":\"b\"}}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(desk.handed())
                .extracting(handed -> handed.command().getClass())
                .isEqualTo(List.of(DeclareIncident.class, AddNote.class, MergeInto.class));
        assertThat(desk.handed()).allSatisfy(handed -> {
            assertThat(handed.command()).isInstanceOfSatisfying(IncidentCommand.class, command -> {
                assertThat(command.incidentId()).isEqualTo(INCIDENT);
                assertThat(command.occurredAt()).isEqualTo(OccurredAt.at(NOW));
            });
            assertThat(handed.provenance().actor().name().value()).isEqualTo("ada");
        });
        assertThat(desk.handed())
                .extracting(handed -> handed.provenance().commandId())
                .doesNotHaveDuplicates();
        assertThat(desk.handed())
                .extracting(handed -> handed.provenance().correlationId())
                .containsOnly(desk.handed().getFirst().provenance().correlationId());
        assertThat(answer.header("ETag")).isEqualTo("\"7\"");
        assertThat(answer.body()).isEqualTo("""
                {"incidentId":"inc-1","version":7,"position":null,"commands":[{"events":[]},{"events":[]},{"events":[]}]}""");
    }

    @Test
    void a_new_incident_is_told_where_it_is() {
        desk.answers(_ -> new Accepted(
                1, OptionalLong.of(9), List.of(new NoteAdded(INCIDENT, OccurredAt.at(NOW), new Text("n")))));

        var answer = batch(DECLARATION, NOTE);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Location")).isEqualTo(AT);
        assertThat(answer.json()
                        .path("commands")
                        .path(0)
                        .path("events")
                        .path(0)
                        .path("entry")
                        .asInt(0))
                .isEqualTo(1);
    }

    @Test
    void version_and_key_are_those_of_the_whole_request() {
        post(COMMANDS, "{\"commands\":[" + NOTE + "," + NOTE + "]}", "If-Match", "\"7\"", "Idempotency-Key", "\"k-1\"");

        assertThat(desk.handed()).hasSize(2).allSatisfy(handed -> {
            assertThat(handed.expectedVersion()).hasValue(7);
            assertThat(handed.retryKey().map(RetryKey::key)).hasValue("k-1");
            assertThat(handed.provenance().idempotencyKey()).hasValue("k-1");
        });
    }

    @Test
    void everything_that_is_wrong_is_told_at_once() {
        var answer = batch(
                NOTE,
                "{\"path\":\"/notes\",\"body\":{\"text\":7}}",
                "{\"path\":\"/nothing\",\"body\":{}}",
                "{\"path\":\"/notes\",\"body\":[]}",
                DECLARATION,
                "{\"path\":\"/notes\",\"body\":{\"text\":\"t\",\"more\":{}}}");

        answer.isProblem(400, "invalid-request");
        assertThat(answer.pointers())
                .containsExactly(
                        "/commands/1/body/text",
                        "/commands/2/path",
                        "/commands/3/body",
                        "/commands/4/path",
                        "/commands/5/body/more");
        assertThat(desk.handed()).isEmpty();
    }

    @Test
    void no_more_errors_are_told_than_a_request_is_worth() {
        var answer = batch(
                Collections.nCopies(50, "{\"path\":\"/nothing\",\"body\":{}}").toArray(String[]::new));

        answer.isProblem(400, "invalid-request");
        assertThat(answer.pointers()).hasSize(Limits.FIELD_ERRORS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"commands\":[]} | /commands",
                "{} | /commands",
                "{\"commands\":{}} | /commands",
                "{\"commands\":[7]} | /commands/0",
                "{\"commands\":[{\"path\":7,\"body\":{}}]} | /commands/0/path",
                "{\"commands\":[{\"body\":{}}]} | /commands/0/path",
                "{\"commands\":[{\"path\":\"/notes\"}]} | /commands/0/body",
                "{\"commands\":[{\"path\":\"/notes\",\"body\":null}]} | /commands/0/body",
                "{\"commands\":[{\"path\":\"/notes\",\"body\":{},\"ref\":\"a\"}]} | /commands/0/ref"
            })
    void the_request_is_read_as_strictly_as_any(String body, String pointer) {
        var answer = post(COMMANDS, body);

        answer.isProblem(400, "invalid-request");
        assertThat(answer.pointers()).containsExactly(pointer);
        assertThat(desk.handed()).isEmpty();
    }

    @Test
    void a_field_that_is_doubled_deep_within_is_refused() {
        batch("{\"path\":\"/notes\",\"body\":{\"text\":\"a\",\"text\":\"b\"}}").isProblem(400, "malformed-json");
    }

    @Test
    void there_may_be_as_many_commands_as_the_limit() {
        assertThat(batch(Collections.nCopies(Limits.BATCH_COMMANDS, NOTE).toArray(String[]::new))
                        .status())
                .isEqualTo(200);
        batch(Collections.nCopies(Limits.BATCH_COMMANDS + 1, NOTE).toArray(String[]::new))
                .isProblem(400, "invalid-request");
    }

    @Test
    void a_refusal_points_at_its_command() {
        desk.throwing(new BatchRefused(1, Refusal.UNKNOWN_FREEZE.because("There is no freeze-9.")));

        var answer = batch(NOTE, "{\"path\":\"/freezes/freeze-9/lift\",\"body\":{\"because\":\"b\"}}");

        answer.isProblem(422, "unknown-freeze");
        assertThat(answer.onlyError()).isEqualTo("/commands/1: There is no freeze-9.");
        assertThat(answer.json().path("facts").path("command").asString("")).isEqualTo("1");
    }

    @Test
    void what_a_controller_refuses_by_itself_points_at_its_command_too() {
        var answer = batch(NOTE, "{\"path\":\"/merge\",\"body\":{\"into\":\"inc-3\",\"because\":\"b\"}}");

        answer.isProblem(422, "unknown-merge-target");
        assertThat(answer.pointers()).containsExactly("/commands/1");
        assertThat(desk.handed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"k-1\"",
                "k-1",
                "\"a\\\"b\\\\\"",
                "550e8400-e29b-41d4-a716-446655440000",
                "\"a;b,c\"",
                "!#$%&'*+-.^_`|~:/@=?<>()[]{}"
            })
    void a_key_is_visible_ascii_in_quotes_or_bare(String key) {
        assertThat(post(AT + "/notes", "{\"text\":\"t\"}", "Idempotency-Key", key)
                        .status())
                .isEqualTo(200);
        String plain = key.startsWith("\"")
                ? key.substring(1, key.length() - 1).replace("\\\"", "\"").replace("\\\\", "\\")
                : key;
        assertThat(desk.last().orElseThrow().retryKey().map(RetryKey::key)).hasValue(plain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\"a",
                "a\"",
                "\"a b\"",
                "a b",
                "\"a\";p=1",
                "a,b",
                "a;b",
                "\"a\", \"b\"",
                "a\\b",
                "\"a\\c\""
            })
    void another_key_is_refused(String key) {
        post(AT + "/notes", "{\"text\":\"t\"}", "Idempotency-Key", key).isProblem(400, "invalid-header");
        assertThat(desk.handed()).isEmpty();
    }

    @Test
    void a_key_has_at_most_so_many_characters() {
        String longest = "k".repeat(Limits.KEY_LENGTH);
        assertThat(post(AT + "/notes", "{\"text\":\"t\"}", "Idempotency-Key", "\"" + longest + "\"")
                        .status())
                .isEqualTo(200);
        post(AT + "/notes", "{\"text\":\"t\"}", "Idempotency-Key", longest + "k")
                .isProblem(400, "invalid-header");
    }
}
