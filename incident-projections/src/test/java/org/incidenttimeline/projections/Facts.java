package org.incidenttimeline.projections;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.incidenttimeline.core.duty.DutyTemplates;
import org.incidenttimeline.core.event.*;
import org.incidenttimeline.core.event.IncidentEvent.*;
import org.incidenttimeline.core.event.ItemId.*;
import org.incidenttimeline.projections.duties.TemplateFile;
import org.jspecify.annotations.Nullable;

/** One incident on one day, told in fixed facts. Times are of 14 March 2026, UTC. */
public final class Facts {
    public static final IncidentId INCIDENT = new IncidentId("checkout-down");
    public static final Person ANA = new Person("ana");
    public static final Person BEN = new Person("ben");
    public static final ServiceName CHECKOUT = new ServiceName("checkout");
    public static final Environment PRODUCTION = new Environment("production");

    /** The built-in ones, with NIS 2 for a candidate. */
    public static final DutyTemplates TEMPLATES =
            new DutyTemplates(TemplateFile.builtIn(), List.of(new RegimeName("NIS2")));

    private Facts() {}

    public static Instant instant(String time) {
        return Instant.parse("2026-03-14T" + time + ":00Z");
    }

    public static OccurredAt at(String time) {
        return OccurredAt.at(instant(time));
    }

    public static OccurredAt about(String time) {
        return new OccurredAt(
                Optional.of(instant(time)),
                Precision.APPROXIMATE,
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Text(time + "-ish")));
    }

    public static OccurredAt unknown() {
        return new OccurredAt(
                Optional.empty(), Precision.UNKNOWN, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static Text text(String words) {
        return new Text(words);
    }

    /** These events as the log holds them: recorded one a minute from 15:00 on, by ana. */
    public static List<RecordedEvent> history(IncidentEvent... events) {
        var history = new ArrayList<RecordedEvent>();
        for (IncidentEvent event : events) {
            history.add(recorded(event, history.size() + 1, new Actor(ANA, Actor.Kind.HUMAN)));
        }
        return List.copyOf(history);
    }

    public static RecordedEvent byTool(RecordedEvent recorded) {
        return recorded(recorded.event(), recorded.version(), new Actor(new Person("pager"), Actor.Kind.TOOL));
    }

    public static RecordedEvent recorded(IncidentEvent event, long version, Actor actor) {
        return new RecordedEvent(
                event,
                "event-" + version,
                version,
                version,
                instant("15:00").plus(Duration.ofMinutes(version)),
                new Provenance(
                        actor,
                        Optional.empty(),
                        "token-1",
                        "command-" + version,
                        Optional.empty(),
                        "work-1",
                        "message-" + version));
    }

    public static IncidentDeclared declared(String time) {
        return declared(time, Mode.LIVE, Visibility.OPEN);
    }

    public static IncidentDeclared declared(String time, Mode mode, Visibility visibility) {
        return new IncidentDeclared(
                INCIDENT,
                at(time),
                new Title("Checkout is down"),
                Severity.SEV2,
                ANA,
                Optional.of(text("customers cannot pay")),
                List.of(CHECKOUT),
                new Detection(DetectionSource.ALERT, Optional.of(at("14:05")), Optional.empty()),
                Optional.of(about("13:58")),
                Optional.of(impact("payments fail")),
                mode,
                visibility,
                Optional.empty());
    }

    public static Impact impact(String broken) {
        return new Impact(text(broken), Optional.empty(), Optional.empty(), Spread.UNKNOWN);
    }

    public static ImpactAssessed impactAssessed(int n, String time, String from, Optional<OccurredAt> until) {
        return new ImpactAssessed(
                INCIDENT, at(time), ImpactWindowId.number(n), impact("payments fail"), Optional.of(at(from)), until);
    }

    public static SymptomRecorded symptom(int n, String time, String words) {
        return new SymptomRecorded(
                INCIDENT,
                at(time),
                SymptomId.number(n),
                SymptomState.FAILING,
                text(words),
                SymptomSource.METRIC,
                Optional.of(CHECKOUT),
                Optional.empty(),
                Optional.empty());
    }

    public static ChangeRecorded change(int n, String time, Optional<FreezeId> freezeBroken) {
        return new ChangeRecorded(
                INCIDENT,
                at(time),
                ChangeId.number(n),
                ChangeKind.CONFIG,
                text("pool size to 5"),
                CHECKOUT,
                Optional.of(PRODUCTION),
                Optional.of(BEN),
                Optional.of(new Reference("CHG-7")),
                freezeBroken);
    }

    public static ChangesFrozen frozen(int n, String time, String service, String environment) {
        return new ChangesFrozen(
                INCIDENT,
                at(time),
                FreezeId.number(n),
                new Scope(List.of(new ServiceName(service)), List.of(new Environment(environment))),
                text("nothing else may move"),
                Optional.of(instant("16:00")));
    }

    public static FreezeExceptionGranted exception(int n, int freeze, String time, String change) {
        return new FreezeExceptionGranted(
                INCIDENT,
                at(time),
                FreezeExceptionId.number(n),
                FreezeId.number(freeze),
                new Reference(change),
                ANA,
                text("it is the fix"));
    }

    public static FreezeLifted lifted(int n, String time) {
        return new FreezeLifted(INCIDENT, at(time), FreezeId.number(n), text("it is over"));
    }

    public static EvidencePreserved evidence(int n, String time) {
        return new EvidencePreserved(
                INCIDENT,
                at(time),
                EvidenceId.number(n),
                new Title("pool metrics"),
                EvidenceKind.METRIC,
                new Location("s3://evidence/" + n),
                Optional.empty(),
                BEN,
                Certainty.FACT);
    }

    public static HypothesisProposed proposed(int n, String time, String statement) {
        return new HypothesisProposed(
                INCIDENT,
                at(time),
                HypothesisId.number(n),
                text(statement),
                Optional.of(text("waits")),
                Optional.of(text("no waits")));
    }

    public static PrimaryHypothesisChosen chosen(int n, String time) {
        return new PrimaryHypothesisChosen(INCIDENT, at(time), HypothesisId.number(n), Optional.empty());
    }

    public static HypothesisTestBegun testBegun(int test, int hypothesis, String time) {
        return new HypothesisTestBegun(
                INCIDENT,
                at(time),
                TestId.number(test),
                HypothesisId.number(hypothesis),
                text("read the pool gauge"),
                text("it is full"),
                text("only reads"),
                text("nothing to undo"),
                false,
                Optional.empty(),
                Optional.empty());
    }

    public static HypothesisRefuted refuted(int test, int hypothesis, String time) {
        return new HypothesisRefuted(
                INCIDENT,
                at(time),
                TestId.number(test),
                HypothesisId.number(hypothesis),
                text("the pool is empty"),
                List.of(EvidenceId.number(1)),
                Optional.empty());
    }

    public static HypothesisConfirmed confirmed(int test, int hypothesis, String time) {
        return new HypothesisConfirmed(
                INCIDENT,
                at(time),
                TestId.number(test),
                HypothesisId.number(hypothesis),
                text("the pool is full"),
                List.of(EvidenceId.number(1)),
                Optional.empty());
    }

    public static HypothesisTestInconclusive inconclusive(int test, int hypothesis, String time) {
        return new HypothesisTestInconclusive(
                INCIDENT,
                at(time),
                TestId.number(test),
                HypothesisId.number(hypothesis),
                text("the gauge is broken"),
                List.of(EvidenceId.number(1)),
                Optional.empty());
    }

    public static MitigationBegun mitigationBegun(int n, String time, Optional<Text> evidenceWaivedBecause) {
        return new MitigationBegun(
                INCIDENT,
                at(time),
                MitigationId.number(n),
                MitigationKind.ROLLBACK,
                text("roll the pool size back"),
                false,
                Optional.of(HypothesisId.number(1)),
                Optional.empty(),
                Optional.empty(),
                evidenceWaivedBecause);
    }

    public static MitigationCompleted mitigated(int n, String time, MitigationOutcome outcome) {
        return new MitigationCompleted(INCIDENT, at(time), MitigationId.number(n), outcome, text("payments pass"));
    }

    public static RecoveryVerified recoveryVerified(String time, Optional<OccurredAt> recoveredAt) {
        return new RecoveryVerified(INCIDENT, at(time), List.of(check(true)), recoveredAt);
    }

    public static RecoveryCheck check(boolean passed) {
        return new RecoveryCheck(text("payment rate"), text("as before"), text("as before"), passed, true);
    }

    public static UpdatePublished update(int n, String time, String next, Audience... audiences) {
        return new UpdatePublished(
                INCIDENT,
                at(time),
                UpdateId.number(n),
                List.of(audiences),
                text("checkout fails"),
                text("no payments"),
                text("rolling back"),
                next.isEmpty() ? Optional.empty() : Optional.of(instant(next)));
    }

    public static UpdateMissed missed(String time, Audience audience, String due) {
        return new UpdateMissed(INCIDENT, at(time), audience, instant(due));
    }

    public static NoteAdded note(String time, String words) {
        return new NoteAdded(INCIDENT, at(time), text(words));
    }

    public static EntryCorrected corrected(long entry, Optional<Text> words, Optional<OccurredAt> time) {
        return new EntryCorrected(INCIDENT, at("15:30"), entry, words, time, text("misheard"));
    }

    public static ActionAssigned action(int n, String time, String due) {
        return new ActionAssigned(
                INCIDENT,
                at(time),
                ActionId.number(n),
                text("alert on pool waits"),
                ActionKind.DETECT,
                Optional.of(BEN),
                Optional.of(LocalDate.parse(due)),
                Optional.empty(),
                Optional.empty());
    }

    public static IncidentImported imported(Optional<Text> licence) {
        return new IncidentImported(INCIDENT, at("19:59"), origin("p31"), licence, Optional.of(new Reference("run-1")));
    }

    public static EntryImported entryImported(int n, OccurredAt when, @Nullable StatusMeaning means) {
        return new EntryImported(
                INCIDENT,
                when,
                Optional.of(text("We look into it.")),
                Optional.ofNullable(means)
                        .map(m -> new SourceStatus(new Reference(m.name().toLowerCase(Locale.ROOT)), Optional.of(m))),
                origin("u" + n),
                List.of());
    }

    public static Origin origin(String id) {
        return new Origin(
                new Reference("the status page"),
                new Reference(id),
                Optional.of(new Location("https://status.example/" + id)));
    }

    public static IncidentReopened reopened(String time) {
        return new IncidentReopened(INCIDENT, at(time), text("it is back"));
    }

    public static IncidentClosed closed(String time) {
        return new IncidentClosed(INCIDENT, at(time), Optional.empty());
    }
}
