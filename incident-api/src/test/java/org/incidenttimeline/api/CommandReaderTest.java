package org.incidenttimeline.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.incidenttimeline.api.access.AccessRole;
import org.incidenttimeline.api.access.Principal;
import org.incidenttimeline.api.problem.Problem;
import org.incidenttimeline.api.problem.Problem.FieldError;
import org.incidenttimeline.api.problem.ProblemException;
import org.incidenttimeline.api.submission.Caller;
import org.incidenttimeline.api.submission.CommandReader;
import org.incidenttimeline.core.command.IncidentCommand;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Provenance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

/** A command that is read out of something else is the one that its own request would be. */
class CommandReaderTest extends HttpTest {
    private static final Actor ADA_HERSELF = new Actor(new Person("ada"), Actor.Kind.HUMAN);
    private static final Caller ADA = new Caller(
            new Principal(ADA_HERSELF, "none", EnumSet.allOf(AccessRole.class), Set.of()),
            new Provenance(ADA_HERSELF, Optional.empty(), "none", "c", Optional.empty(), "c", "c"),
            OptionalLong.empty(),
            NOW,
            Optional.empty());

    @Autowired
    CommandReader reader;

    static Stream<EndpointTest.Endpoint> endpoints() {
        return EndpointTest.endpoints().filter(endpoint -> endpoint.command() instanceof IncidentCommand);
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void a_path_and_a_body_are_read_as_their_endpoint_reads_them(EndpointTest.Endpoint endpoint) {
        String path = endpoint.path().equals("/api/v1/incidents")
                ? CommandReader.DECLARATION
                : endpoint.path().substring(AT.length());

        assertThat(read(path, endpoint.body())).isEqualTo(endpoint.command());
        assertThat(desk.handed()).isEmpty();
    }

    @Test
    void a_declaration_need_not_repeat_which_incident_it_declares() {
        var command = read("", """
                {"title":"t","severity":"SEV1","lead":"ada","detection":{"source":"ALERT"}}""");

        assertThat(command.incidentId()).isEqualTo(INCIDENT);
    }

    @Test
    void a_declaration_of_another_incident_is_refused() {
        var problem = problem("", """
                {"incidentId":"inc-9","title":"t","severity":"SEV1","lead":"ada","detection":{"source":"ALERT"}}""");

        assertThat(problem.code()).isEqualTo("invalid-request");
        assertThat(problem.errors()).containsExactly(new FieldError("/incidentId", "must be inc-1, or absent"));
    }

    @Test
    void what_is_wrong_in_the_body_is_told_with_pointers_into_it() {
        var problem = problem("/roles", "{\"role\":\"KING\",\"person\":\"\"}");

        assertThat(problem.code()).isEqualTo("invalid-request");
        assertThat(problem.errors()).extracting(FieldError::pointer).contains("/role");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"text\":\"t\",\"more\":1}", "{\"text\":1}", "{\"text\":1.5}", "[]", "null", "\"t\"", "7"})
    void the_body_is_read_as_strictly_as_a_request(String body) {
        assertThat(problem("/notes", body).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "notes",
                "/nothing",
                "/notes/",
                "/notes/1",
                "//notes",
                "/../inc-2/notes",
                "/commands",
                "/timeline",
                "/hypotheses/hypothesis-0/primary",
                "/entries/0/pin",
                "/roles/KING/handover"
            })
    void a_path_that_leads_to_no_command_is_refused(String path) {
        assertThat(problem(path, "{}").code()).isEqualTo("not-found");
    }

    @Test
    void what_a_controller_refuses_by_itself_is_refused_here_too() {
        assertThat(problem("/merge", "{\"into\":\"inc-3\",\"because\":\"the same\"}")
                        .code())
                .isEqualTo("unknown-merge-target");
    }

    private IncidentCommand read(String path, String body) {
        return reader.read(INCIDENT, path, JsonMapper.shared().readTree(body), ADA);
    }

    private Problem problem(String path, String body) {
        try {
            throw new AssertionError("was read: " + read(path, body));
        } catch (ProblemException e) {
            return e.problem();
        }
    }
}
