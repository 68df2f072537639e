package org.incidenttimeline.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.client.ApiClient;
import org.incidenttimeline.client.api.CommunicationApi;
import org.incidenttimeline.client.api.DeclarationApi;
import org.incidenttimeline.client.api.GatherApi;
import org.incidenttimeline.client.api.HypothesisApi;
import org.incidenttimeline.client.api.MitigationApi;
import org.incidenttimeline.client.api.ReadApi;
import org.incidenttimeline.client.api.RecoveryApi;
import org.incidenttimeline.client.api.ReviewApi;
import org.incidenttimeline.client.model.AssessImpactRequest;
import org.incidenttimeline.client.model.AssignActionRequest;
import org.incidenttimeline.client.model.BeginMitigationRequest;
import org.incidenttimeline.client.model.BeginReviewRequest;
import org.incidenttimeline.client.model.ChangeSeverityRequest;
import org.incidenttimeline.client.model.CommandAnswer;
import org.incidenttimeline.client.model.CompleteMitigationRequest;
import org.incidenttimeline.client.model.DeclareIncidentRequest;
import org.incidenttimeline.client.model.FailMitigationRequest;
import org.incidenttimeline.client.model.IncidentResponse;
import org.incidenttimeline.client.model.PreserveEvidenceRequest;
import org.incidenttimeline.client.model.ProposeHypothesisRequest;
import org.incidenttimeline.client.model.PublishPostmortemRequest;
import org.incidenttimeline.client.model.PublishUpdateRequest;
import org.incidenttimeline.client.model.RecordChangeRequest;
import org.incidenttimeline.client.model.RecordFindingRequest;
import org.incidenttimeline.client.model.RecordSymptomRequest;
import org.incidenttimeline.client.model.VerifyRecoveryRequest;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.testing.TestDatabases;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client that the build generates from the description tells a whole incident and reads it again, in its own types. */
class GeneratedClientTest {
    private static final String INCIDENT = "gitlab-2017-01-31";

    @Test
    void the_gitlab_outage_is_told_and_read_with_it() throws IOException {
        try (var database = TestDatabases.empty(Database.H2);
                var service = RunningService.on(database, Clock.systemUTC())) {
            var client = new ApiClient();
            client.setBasePath(service.base());
            client.addDefaultHeader(HttpHeaders.AUTHORIZATION, "Bearer " + service.key());
            var commands = JsonMapper.shared()
                    .readTree(new ClassPathResource("demo/gitlab-2017-01-31.json").getContentAsByteArray())
                    .get("commands")
                    .valueStream()
                    .toList();

            long version = 0;
            for (int i = 0; i < commands.size(); i++) {
                var told = new Told(client, commands.get(i).get("body"), "command-" + i);
                version = told.at(commands.get(i).get("path").stringValue("")).getVersion();
                // The second time it is a retry, and answered as such.
                assertThat(told.at(commands.get(i).get("path").stringValue("")).getVersion())
                        .isEqualTo(version);
            }

            var read = new ReadApi(client);
            var incident = read.getIncident(INCIDENT, null, null, null, null, version, null);
            assertThat(incident.getVersion()).isEqualTo(version);
            assertThat(incident.getPhase()).isEqualTo(IncidentResponse.PhaseEnum.IN_REVIEW);
            assertThat(incident.getMitigations()).hasSize(5);
            var timeline = read.getTimeline(
                    INCIDENT, null, null, null, null, null, null, null, null, null, null, null, null, version, null,
                    null, null);
            assertThat(timeline.getEntries()).hasSizeGreaterThanOrEqualTo(commands.size());
            assertThat(read.getPostmortem(INCIDENT, null, null, null, null, null, version, null)
                            .getTimeline())
                    .isNotNull();
        }
    }

    /** What gives one kind of command. */
    private interface Operation<B> {
        CommandAnswer give(
                String incident,
                B body,
                @Nullable String ifMatch,
                @Nullable String idempotencyKey,
                @Nullable String onBehalfOf,
                @Nullable String correlationId,
                @Nullable String causationId);
    }

    /** The same, of something within the incident. */
    private interface OperationOnItem<B> {
        CommandAnswer give(
                String incident,
                String item,
                B body,
                @Nullable String ifMatch,
                @Nullable String idempotencyKey,
                @Nullable String onBehalfOf,
                @Nullable String correlationId,
                @Nullable String causationId);
    }

    /** One command of the story, in the types of the client. */
    private record Told(ApiClient client, JsonNode body, String key) {
        /** A client of types has the long form of a time alone. */
        private <B> B as(Class<B> type) {
            var written = body.toString().replaceAll("(\"[a-zA-Z]*At\":)(\"[^\"]*\")", "$1{\"at\":$2}");
            return client.getJsonMapper().readValue(written, type);
        }

        private <B> CommandAnswer tell(Operation<B> operation, Class<B> type) {
            return operation.give(INCIDENT, as(type), null, key, null, null, null);
        }

        private <B> CommandAnswer tell(String item, OperationOnItem<B> operation, Class<B> type) {
            return operation.give(INCIDENT, item, as(type), null, key, null, null, null);
        }

        CommandAnswer at(String path) {
            var place = List.of(path.split("/"));
            return switch (path.replaceAll("/[a-z]+-[0-9]+", "")) {
                case "" ->
                    new DeclarationApi(client)
                            .declareIncident(as(DeclareIncidentRequest.class), null, key, null, null, null);
                case "/severity" -> tell(new DeclarationApi(client)::changeSeverity, ChangeSeverityRequest.class);
                case "/impacts" -> tell(new DeclarationApi(client)::assessImpact, AssessImpactRequest.class);
                case "/changes" -> tell(new GatherApi(client)::recordChange, RecordChangeRequest.class);
                case "/symptoms" -> tell(new GatherApi(client)::recordSymptom, RecordSymptomRequest.class);
                case "/evidence" -> tell(new GatherApi(client)::preserveEvidence, PreserveEvidenceRequest.class);
                case "/hypotheses" ->
                    tell(new HypothesisApi(client)::proposeHypothesis, ProposeHypothesisRequest.class);
                case "/mitigations" -> tell(new MitigationApi(client)::beginMitigation, BeginMitigationRequest.class);
                case "/mitigations/completion" ->
                    tell(place.get(2), new MitigationApi(client)::completeMitigation, CompleteMitigationRequest.class);
                case "/mitigations/failure" ->
                    tell(place.get(2), new MitigationApi(client)::failMitigation, FailMitigationRequest.class);
                case "/recovery-checks" -> tell(new RecoveryApi(client)::verifyRecovery, VerifyRecoveryRequest.class);
                case "/updates" -> tell(new CommunicationApi(client)::publishUpdate, PublishUpdateRequest.class);
                case "/review" -> tell(new ReviewApi(client)::beginReview, BeginReviewRequest.class);
                case "/findings" -> tell(new ReviewApi(client)::recordFinding, RecordFindingRequest.class);
                case "/actions" -> tell(new ReviewApi(client)::assignAction, AssignActionRequest.class);
                case "/postmortem/publication" ->
                    tell(new ReviewApi(client)::publishPostmortem, PublishPostmortemRequest.class);
                case String other ->
                    throw new AssertionError("the story has a command at " + other + " that is not told here");
            };
        }
    }
}
