package org.incidenttimeline.projections.rhythm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.incidenttimeline.core.command.IncidentCommand;
import org.incidenttimeline.core.event.*;
import org.incidenttimeline.core.event.IncidentEvent.*;
import org.incidenttimeline.core.event.ItemId.*;
import org.incidenttimeline.projections.rhythm.Beat.State;
import org.incidenttimeline.projections.story.GitlabStory;
import org.incidenttimeline.projections.story.Log;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RhythmTest {
    private static final IncidentId ID = new IncidentId("I-1");
    private static final Instant NOW = Instant.parse("2026-03-01T14:00:00Z");
    private static final OccurredAt AT = OccurredAt.at(NOW);
    private static final Text WORDS = new Text("words");
    private static final HypothesisId H1 = HypothesisId.number(1);

    private static final IncidentEvent FROZEN = new ChangesFrozen(
            ID,
            AT,
            FreezeId.number(1),
            new Scope(List.of(ServiceName.ANY), List.of(Environment.ANY)),
            WORDS,
            Optional.empty());
    private static final IncidentEvent LIFTED = new FreezeLifted(ID, AT, FreezeId.number(1), WORDS);
    private static final IncidentEvent EVIDENCE = new EvidencePreserved(
            ID,
            AT,
            EvidenceId.number(1),
            new Title("log"),
            EvidenceKind.LOG,
            new Location("s3://b/k"),
            Optional.empty(),
            new Person("ana"),
            Certainty.FACT);
    private static final IncidentEvent IMPACT = impact(Optional.empty());
    private static final IncidentEvent UPDATE = update(Optional.of(NOW.plusSeconds(1800)));
    private static final IncidentEvent LATE = update(Optional.of(NOW.minusSeconds(60)));
    private static final IncidentEvent LAST_UPDATE = update(Optional.empty());
    private static final IncidentEvent SYMPTOM = new SymptomRecorded(
            ID,
            AT,
            SymptomId.number(1),
            SymptomState.FAILING,
            WORDS,
            SymptomSource.LOG,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    private static final IncidentEvent CHANGE = new ChangeRecorded(
            ID,
            AT,
            ChangeId.number(1),
            ChangeKind.DEPLOY,
            WORDS,
            new ServiceName("s"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    private static final IncidentEvent PROPOSED =
            new HypothesisProposed(ID, AT, H1, WORDS, Optional.of(WORDS), Optional.of(WORDS));
    private static final IncidentEvent PRIMARY = new PrimaryHypothesisChosen(ID, AT, H1, Optional.empty());
    private static final IncidentEvent TEST = new HypothesisTestBegun(
            ID, AT, TestId.number(1), H1, WORDS, WORDS, WORDS, WORDS, false, Optional.empty(), Optional.empty());
    private static final IncidentEvent CONFIRMED = new HypothesisConfirmed(
            ID, AT, TestId.number(1), H1, WORDS, List.of(EvidenceId.number(1)), Optional.empty());
    private static final IncidentEvent REFUTED =
            new HypothesisRefuted(ID, AT, TestId.number(1), H1, WORDS, List.of(EvidenceId.number(1)), Optional.empty());
    private static final IncidentEvent MITIGATING = new MitigationBegun(
            ID,
            AT,
            MitigationId.number(1),
            MitigationKind.ROLLBACK,
            WORDS,
            false,
            Optional.of(H1),
            Optional.of(WORDS),
            Optional.empty(),
            Optional.empty());
    private static final IncidentEvent MITIGATED =
            new MitigationCompleted(ID, AT, MitigationId.number(1), MitigationOutcome.EFFECTIVE, WORDS);
    private static final IncidentEvent HARMED =
            new MitigationFailed(ID, AT, MitigationId.number(1), MitigationOutcome.HARMFUL, WORDS);
    private static final IncidentEvent VERIFIED =
            new RecoveryVerified(ID, AT, List.of(new RecoveryCheck(WORDS, WORDS, WORDS, true, true)), Optional.empty());
    private static final IncidentEvent NOT_CONFIRMED =
            new RecoveryNotConfirmed(ID, AT, List.of(new RecoveryCheck(WORDS, WORDS, WORDS, false, true)));
    private static final IncidentEvent REOPENED = new IncidentReopened(ID, AT, WORDS);
    private static final IncidentEvent IMPACT_ENDED = impact(Optional.of(AT));
    private static final IncidentEvent REVIEW = new ReviewBegun(ID, AT, new Person("dee"), List.of());
    private static final IncidentEvent FACTOR = new FindingRecorded(
            ID, AT, FindingId.number(1), FindingKind.CONTRIBUTING_FACTOR, WORDS, Optional.empty(), List.of());
    private static final IncidentEvent ACTION = new ActionAssigned(
            ID,
            AT,
            ActionId.number(1),
            WORDS,
            ActionKind.PREVENT,
            Optional.of(new Person("bo")),
            Optional.of(LocalDate.parse("2026-02-01")),
            Optional.empty(),
            Optional.empty());
    private static final IncidentEvent DONE =
            new ActionCompleted(ID, AT, ActionId.number(1), Optional.empty(), Optional.empty());
    private static final IncidentEvent PUBLISHED = new PostmortemPublished(ID, AT, WORDS, Optional.empty());
    private static final IncidentEvent CLOSED = new IncidentClosed(ID, AT, Optional.empty());

    private static List<IncidentEvent> resolved() {
        return List.of(
                declared(Severity.SEV1, Mode.LIVE),
                FROZEN,
                EVIDENCE,
                IMPACT,
                UPDATE,
                SYMPTOM,
                CHANGE,
                PROPOSED,
                PRIMARY,
                TEST,
                CONFIRMED,
                MITIGATING,
                MITIGATED,
                VERIFIED);
    }

    private static List<IncidentEvent> finished() {
        return plus(resolved(), LAST_UPDATE, LIFTED, IMPACT_ENDED, REVIEW, FACTOR, ACTION, PUBLISHED, CLOSED, DONE);
    }

    static Stream<Arguments> situations() {
        var ready = List.of(declared(Severity.SEV1, Mode.LIVE), FROZEN, EVIDENCE, IMPACT, UPDATE);
        var seen = plus(ready, SYMPTOM, CHANGE);
        var resolved = resolved();
        var quiet = plus(resolved, LAST_UPDATE, LIFTED, IMPACT_ENDED);
        return Stream.of(
                then("FreezeChanges", declared(Severity.SEV1, Mode.LIVE)),
                then("PublishUpdate", declared(Severity.SEV1, Mode.LIVE), LATE),
                then("PreserveEvidence", declared(Severity.SEV1, Mode.LIVE), FROZEN),
                then("PreserveEvidence", declared(Severity.SEV4, Mode.LIVE)),
                then("PreserveEvidence", declared(Severity.SEV1, Mode.LIVE), FROZEN, MITIGATING),
                then("AssessImpact", declared(Severity.SEV1, Mode.LIVE), FROZEN, EVIDENCE),
                then("AssessImpact", declared(Severity.SEV1, Mode.BACKFILLED)),
                then("PublishUpdate", declared(Severity.SEV1, Mode.LIVE), FROZEN, EVIDENCE, IMPACT),
                then("RecordSymptom", declared(Severity.SEV5, Mode.LIVE), EVIDENCE, IMPACT),
                then("RecordSymptom", ready),
                then("RecordChange", plus(ready, SYMPTOM)),
                then("ProposeHypothesis", seen),
                then("MakePrimary", plus(ready, SYMPTOM, PROPOSED)),
                then("BeginTest", plus(seen, PROPOSED, PRIMARY)),
                then("ConcludeTest", plus(seen, PROPOSED, PRIMARY, TEST)),
                then("ProposeHypothesis", plus(seen, PROPOSED, PRIMARY, TEST, REFUTED)),
                then("BeginMitigation", plus(seen, PROPOSED, PRIMARY, TEST, CONFIRMED)),
                then("CompleteMitigation", plus(seen, PROPOSED, PRIMARY, TEST, CONFIRMED, MITIGATING)),
                then("RollBackMitigation", plus(seen, PROPOSED, PRIMARY, MITIGATING, HARMED)),
                then("PublishUpdate", plus(seen, PROPOSED, PRIMARY, MITIGATING, HARMED, LATE)),
                then("VerifyRecovery", plus(seen, PROPOSED, PRIMARY, TEST, CONFIRMED, MITIGATING, MITIGATED)),
                then(
                        "ProposeHypothesis",
                        plus(seen, PROPOSED, PRIMARY, TEST, CONFIRMED, MITIGATING, MITIGATED, NOT_CONFIRMED)),
                then("PublishUpdate", resolved),
                then("PreserveEvidence", plus(resolved, REOPENED)),
                then("LiftFreeze", plus(resolved, LAST_UPDATE)),
                then("AssessImpact", plus(resolved, LAST_UPDATE, LIFTED)),
                then("BeginReview", quiet),
                then("RecordFinding", plus(quiet, REVIEW)),
                then("AssignAction", plus(quiet, REVIEW, FACTOR)),
                then("PublishPostmortem", plus(quiet, REVIEW, FACTOR, ACTION)),
                then("CloseIncident", plus(quiet, REVIEW, FACTOR, ACTION, PUBLISHED)),
                then("CompleteAction", plus(quiet, REVIEW, FACTOR, ACTION, PUBLISHED, CLOSED)),
                then("nothing", finished()),
                then(
                        "nothing",
                        declared(Severity.SEV1, Mode.LIVE),
                        new IncidentCancelled(ID, AT, CancellationReason.FALSE_POSITIVE, WORDS)));
    }

    @ParameterizedTest
    @MethodSource("situations")
    void the_next_step_is_the_safest(String command, List<IncidentEvent> events) {
        var rhythm = Rhythm.of(Log.of(events).incident(), NOW);

        assertThat(rhythm.next().map(NextStep::command).orElse("nothing")).isEqualTo(command);
        assertThat(rhythm.beats()).extracting(Beat::name).containsExactly(Beat.Name.values());
        assertThat(rhythm.beats()).allMatch(b -> b.notNeeded().isPresent() == (b.state() == State.NOT_NEEDED));
    }

    @Test
    void every_step_names_a_command_that_exists() {
        var commands = Arrays.stream(IncidentCommand.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .toList();

        assertThat(situations().map(a -> a.get()[0]).filter(c -> !c.equals("nothing")))
                .allMatch(commands::contains);
    }

    @Test
    void a_finished_response_has_done_every_beat() {
        var rhythm = Rhythm.of(Log.of(finished()).incident(), NOW);

        assertThat(rhythm.beats()).extracting(Beat::state).containsOnly(State.DONE);
    }

    @Test
    void a_beat_says_what_it_rests_on_and_what_is_missing() {
        var rhythm = Rhythm.of(GitlabStory.told().incident(), NOW);

        assertThat(rhythm.beat(Beat.Name.GATHER).restsOn()).containsExactly(2L, 3L, 9L, 11L, 19L, 23L, 28L);
        assertThat(rhythm.beat(Beat.Name.FREEZE).missing())
                .containsExactly(
                        "an exception, or an explanation, for change-2, made inside freeze-1",
                        "an exception, or an explanation, for change-3, made inside freeze-1");
        assertThat(rhythm.beat(Beat.Name.REVIEW).missing())
                .contains("the tracker reference of action-2", "the published postmortem");
        assertThat(rhythm.next().map(NextStep::command)).contains("PublishPostmortem");
    }

    private static IncidentEvent declared(Severity severity, Mode mode) {
        return new IncidentDeclared(
                ID,
                AT,
                new Title("title"),
                severity,
                new Person("ana"),
                Optional.empty(),
                List.of(),
                new Detection(DetectionSource.ALERT, Optional.empty(), Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                mode,
                Visibility.OPEN,
                Optional.empty());
    }

    private static IncidentEvent impact(Optional<OccurredAt> until) {
        return new ImpactAssessed(
                ID,
                AT,
                ImpactWindowId.number(1),
                new Impact(WORDS, Optional.empty(), Optional.empty(), Spread.UNKNOWN),
                Optional.of(AT),
                until);
    }

    private static IncidentEvent update(Optional<Instant> next) {
        return new UpdatePublished(ID, AT, UpdateId.number(1), List.of(Audience.CUSTOMERS), WORDS, WORDS, WORDS, next);
    }

    private static Arguments then(String command, IncidentEvent... events) {
        return then(command, List.of(events));
    }

    private static Arguments then(String command, List<IncidentEvent> events) {
        return Arguments.of(command, events);
    }

    private static List<IncidentEvent> plus(List<IncidentEvent> events, IncidentEvent... more) {
        return Stream.concat(events.stream(), Stream.of(more)).toList();
    }
}
