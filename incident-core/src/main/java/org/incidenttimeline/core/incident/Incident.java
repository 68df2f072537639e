package org.incidenttimeline.core.incident;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.incidenttimeline.core.duty.DutyFacts;
import org.incidenttimeline.core.event.Audience;
import org.incidenttimeline.core.event.DedupKey;
import org.incidenttimeline.core.event.Environment;
import org.incidenttimeline.core.event.FieldPath;
import org.incidenttimeline.core.event.FindingKind;
import org.incidenttimeline.core.event.IncidentEvent;
import org.incidenttimeline.core.event.IncidentEvent.*;
import org.incidenttimeline.core.event.ItemId;
import org.incidenttimeline.core.event.ItemId.*;
import org.incidenttimeline.core.event.Mode;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Origin;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Phase;
import org.incidenttimeline.core.event.PlaybookId;
import org.incidenttimeline.core.event.Precision;
import org.incidenttimeline.core.event.Progress;
import org.incidenttimeline.core.event.RedactedField;
import org.incidenttimeline.core.event.RedactionReason;
import org.incidenttimeline.core.event.Reference;
import org.incidenttimeline.core.event.Role;
import org.incidenttimeline.core.event.RunbookId;
import org.incidenttimeline.core.event.Scope;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.event.Severity;
import org.incidenttimeline.core.event.Sha256;
import org.incidenttimeline.core.event.Text;
import org.jspecify.annotations.Nullable;

/**
 * What an incident remembers in order to decide: no titles, nothing for display, and of words only the
 * steps of the runbooks that are followed. Immutable; {@link #evolve}
 * gives the next one. It never refuses an event: history is true even where the rules of today would forbid it.
 */
public final class Incident {
    private static final Incident UNDECLARED = new Incident();

    private long version;
    private @Nullable Progress progress;
    private @Nullable Severity severity;
    private Optional<DedupKey> dedupKey = Optional.empty();
    private final Map<Role, Set<Person>> roles;
    private final Map<Class<? extends ItemId>, Integer> numbered;
    private final Map<FreezeId, Freeze> freezes;
    private final Map<HypothesisId, HypothesisStatus> hypotheses;
    private Optional<HypothesisId> primary = Optional.empty();
    private final Map<TestId, Test> tests;
    private final Map<MitigationId, MitigationStatus> mitigations;
    private final Map<Audience, Promise> promises;
    private final Set<Long> remarksOnEntries;
    private final Set<Long> pinned;
    private final Map<Long, RedactionRequest> redactionRequests;
    private final Set<RedactedPlace> redacted;
    private final Map<FindingId, FindingKind> findings;
    private final Map<ActionId, Action> actions;
    private final Map<RunbookId, FollowedRunbook> runbooks;
    private Optional<AppliedPlaybook> playbook = Optional.empty();
    private boolean postmortemPublished;
    private final Map<InjectId, InjectStatus> injects;
    private Optional<Sha256> script = Optional.empty();
    private @Nullable Mode mode;
    private Optional<Origin> origin = Optional.empty();
    private final Map<Thing, ImportedEntry> imported;
    private DutyFacts duties = DutyFacts.NONE;

    /** How a hypothesis stands. */
    enum HypothesisStatus {
        OPEN,
        CONFIRMED,
        REFUTED,
        SET_ASIDE
    }

    /** How a mitigation stands. */
    enum MitigationStatus {
        RUNNING,
        ENDED,
        ROLLED_BACK
    }

    /** How a fact of a script stands. */
    enum InjectStatus {
        PLANNED,
        DELIVERED,
        WITHHELD
    }

    /** A freeze from one moment to another; a moment that nobody can name lies beyond every change. */
    record Freeze(Scope scope, Instant from, Instant until, boolean on, Set<Reference> exceptions) {
        /** Whether a change of the service at that moment went against the freeze. */
        private boolean isBrokenBy(
                Instant madeAt, ServiceName service, Optional<Environment> environment, Optional<Reference> change) {
            boolean inScope = environment
                    .map(e -> scope.covers(service, e))
                    .orElseGet(() -> scope.services().stream().anyMatch(s -> s.covers(service)));
            boolean excepted = change.isPresent() && exceptions.contains(change.get());
            return inScope && !excepted && !madeAt.isBefore(from) && madeAt.isBefore(until);
        }
    }

    /** A test of a hypothesis. */
    record Test(HypothesisId hypothesis, boolean running) {}

    /** When an audience was told that it would hear again, and whether that is known to have been missed. */
    record Promise(Instant dueAt, boolean missed) {}

    /** A thing of a record kept elsewhere, wherever it can be read. */
    record Thing(Reference source, Reference id) {
        static Thing of(Origin origin) {
            return new Thing(origin.source(), origin.id());
        }
    }

    /** A piece of work that follows from the incident, and whether it is recorded that its due date passed. */
    record Action(Optional<Person> owner, Optional<LocalDate> due, boolean overdue, boolean ended) {}

    /** What somebody asked to be taken out of an entry. */
    record RedactionRequest(long entry, List<RedactedField> fields, RedactionReason reason, Person requestedBy) {}

    /** Where words were taken out. */
    private record RedactedPlace(long entry, FieldPath path) {}

    /** A runbook that is followed; its steps are kept in words, for each completion repeats those of its step. */
    record FollowedRunbook(int revision, List<Text> steps) {}

    /** The playbook applied last, and the severity that it was applied for. */
    record AppliedPlaybook(PlaybookId playbookId, int revision, Severity severity) {}

    private Incident() {
        roles = new EnumMap<>(Role.class);
        numbered = new HashMap<>();
        freezes = new LinkedHashMap<>();
        hypotheses = new HashMap<>();
        tests = new HashMap<>();
        mitigations = new HashMap<>();
        promises = new EnumMap<>(Audience.class);
        remarksOnEntries = new HashSet<>();
        pinned = new HashSet<>();
        redactionRequests = new HashMap<>();
        redacted = new HashSet<>();
        findings = new HashMap<>();
        actions = new HashMap<>();
        injects = new LinkedHashMap<>();
        imported = new HashMap<>();
        runbooks = new HashMap<>();
    }

    private Incident(Incident before) {
        version = before.version;
        progress = before.progress;
        severity = before.severity;
        dedupKey = before.dedupKey;
        roles = new EnumMap<>(before.roles);
        numbered = new HashMap<>(before.numbered);
        freezes = new LinkedHashMap<>(before.freezes);
        hypotheses = new HashMap<>(before.hypotheses);
        primary = before.primary;
        tests = new HashMap<>(before.tests);
        mitigations = new HashMap<>(before.mitigations);
        promises = new EnumMap<>(before.promises);
        remarksOnEntries = new HashSet<>(before.remarksOnEntries);
        pinned = new HashSet<>(before.pinned);
        redactionRequests = new HashMap<>(before.redactionRequests);
        redacted = new HashSet<>(before.redacted);
        findings = new HashMap<>(before.findings);
        actions = new HashMap<>(before.actions);
        runbooks = new HashMap<>(before.runbooks);
        playbook = before.playbook;
        postmortemPublished = before.postmortemPublished;
        injects = new LinkedHashMap<>(before.injects);
        script = before.script;
        mode = before.mode;
        origin = before.origin;
        imported = new HashMap<>(before.imported);
        duties = before.duties;
    }

    /** An incident of which nothing is recorded. */
    public static Incident undeclared() {
        return UNDECLARED;
    }

    /** This incident, and one event more. */
    public Incident evolve(IncidentEvent event) {
        var next = new Incident(this);
        next.version++;
        next.progress = (progress == null ? Progress.DECLARED : progress).after(event);
        next.duties = duties.after(next.version, event);
        next.apply(event);
        return next;
    }

    /** How many events there are. */
    public long version() {
        return version;
    }

    public boolean isDeclared() {
        return progress != null;
    }

    /** The key that this incident holds against other declarations: the one it was given, while its response runs. */
    public Optional<DedupKey> dedupKeyHeld() {
        return isDeclared() && phase().isOpen() ? dedupKey : Optional.empty();
    }

    Phase phase() {
        return declared(progress).phase();
    }

    Set<MitigationId> runningMitigations() {
        return declared(progress).running();
    }

    Severity severity() {
        return declared(severity);
    }

    Set<Person> holders(Role role) {
        return roles.getOrDefault(role, Set.of());
    }

    /** The number that the next thing of this kind gets, from 1. */
    int nextNumber(Class<? extends ItemId> kind) {
        return numbered.getOrDefault(kind, 0) + 1;
    }

    /** Whether a thing of this kind and number was recorded; for the kinds of which no more is remembered. */
    boolean knows(ItemId item) {
        int number = Integer.parseInt(item.value().substring(item.value().lastIndexOf('-') + 1));
        return number < nextNumber(item.getClass());
    }

    Map<FreezeId, Freeze> freezes() {
        return freezes;
    }

    List<FreezeId> freezesOn() {
        return freezes.entrySet().stream()
                .filter(e -> e.getValue().on())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The freeze that a change went against, if any. */
    Optional<FreezeId> freezeBrokenBy(
            OccurredAt madeAt, ServiceName service, Optional<Environment> environment, Optional<Reference> change) {
        return madeAt.at()
                .flatMap(at -> freezes.entrySet().stream()
                        .filter(e -> e.getValue().isBrokenBy(at, service, environment, change))
                        .map(Map.Entry::getKey)
                        .findFirst());
    }

    Map<HypothesisId, HypothesisStatus> hypotheses() {
        return hypotheses;
    }

    Optional<HypothesisId> primary() {
        return primary;
    }

    Map<TestId, Test> tests() {
        return tests;
    }

    Optional<TestId> runningTest() {
        return tests.entrySet().stream()
                .filter(e -> e.getValue().running())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    boolean isUnderTest(HypothesisId hypothesis) {
        return tests.values().stream()
                .anyMatch(t -> t.running() && t.hypothesis().equals(hypothesis));
    }

    Map<MitigationId, MitigationStatus> mitigations() {
        return mitigations;
    }

    Map<Audience, Promise> promises() {
        return promises;
    }

    /** Whether there is such an entry in the timeline: an event that is not itself a remark on another. */
    boolean hasEntry(long entry) {
        return entry >= 1 && entry <= version && !remarksOnEntries.contains(entry);
    }

    boolean isPinned(long entry) {
        return pinned.contains(entry);
    }

    /** The request for a redaction that stands in that entry. */
    Optional<RedactionRequest> redactionRequest(long request) {
        return Optional.ofNullable(redactionRequests.get(request));
    }

    /** Those of the words that are still there. */
    List<RedactedField> notRedacted(long entry, List<RedactedField> fields) {
        return fields.stream()
                .filter(field -> !redacted.contains(new RedactedPlace(entry, field.path())))
                .toList();
    }

    Map<FindingId, FindingKind> findings() {
        return findings;
    }

    Map<ActionId, Action> actions() {
        return actions;
    }

    Map<RunbookId, FollowedRunbook> runbooks() {
        return runbooks;
    }

    Optional<AppliedPlaybook> playbook() {
        return playbook;
    }

    DutyFacts duties() {
        return duties;
    }

    boolean isPostmortemPublished() {
        return postmortemPublished;
    }

    /** Whether this is entered from an old record, which may lack what a responder would know. */
    public boolean isToldAfterwards() {
        return mode == Mode.BACKFILLED;
    }

    boolean isDrill() {
        return mode == Mode.DRILL;
    }

    Map<InjectId, InjectStatus> injects() {
        return injects;
    }

    List<InjectId> injectsPlanned() {
        return injects.entrySet().stream()
                .filter(e -> e.getValue() == InjectStatus.PLANNED)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The digest of the script that is being delivered. */
    Optional<Sha256> script() {
        return script;
    }

    /** The record that this was entered from, if it was. */
    Optional<Origin> origin() {
        return origin;
    }

    /** What this thing of a record kept elsewhere was told to be, if it was entered before. */
    Optional<ImportedEntry> imported(Origin thing) {
        return Optional.ofNullable(imported.get(Thing.of(thing)));
    }

    private static <T> T declared(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("nothing is declared, so there is nothing to ask");
        }
        return value;
    }

    private void apply(IncidentEvent event) {
        switch (event) {
            case IncidentDeclared e -> {
                severity = e.severity();
                dedupKey = e.dedupKey();
                mode = e.mode();
                roles.put(Role.LEAD, Set.of(e.lead()));
            }
            case RoleAssigned e -> roles.merge(e.role(), Set.of(e.person()), Incident::union);
            case RoleHandedOver e -> roles.put(e.role(), union(without(holders(e.role()), e.from()), Set.of(e.to())));
            case SeverityChanged e -> severity = e.to();
            case ImpactAssessed e -> number(e.impactId());
            case ChangesFrozen e -> {
                number(e.freezeId());
                var from = knownTime(e.occurredAt()).orElse(Instant.MAX);
                freezes.put(e.freezeId(), new Freeze(e.scope(), from, Instant.MAX, true, Set.of()));
            }
            case FreezeExceptionGranted e -> {
                number(e.exceptionId());
                replace(
                        freezes,
                        e.freezeId(),
                        f -> new Freeze(
                                f.scope(), f.from(), f.until(), f.on(), union(f.exceptions(), Set.of(e.change()))));
            }
            case FreezeLifted e -> {
                var until = knownTime(e.occurredAt()).orElse(Instant.MAX);
                replace(freezes, e.freezeId(), f -> new Freeze(f.scope(), f.from(), until, false, f.exceptions()));
            }
            case SymptomRecorded e -> number(e.symptomId());
            case ChangeRecorded e -> number(e.changeId());
            case EvidencePreserved e -> number(e.evidenceId());
            case HypothesisProposed e -> {
                number(e.hypothesisId());
                hypotheses.put(e.hypothesisId(), HypothesisStatus.OPEN);
            }
            case PrimaryHypothesisChosen e -> {
                primary = Optional.of(e.hypothesisId());
                replace(hypotheses, e.hypothesisId(), s -> s == HypothesisStatus.SET_ASIDE ? HypothesisStatus.OPEN : s);
            }
            case HypothesisSetAside e -> end(e.hypothesisId(), HypothesisStatus.SET_ASIDE);
            case HypothesisTestBegun e -> {
                number(e.testId());
                tests.put(e.testId(), new Test(e.hypothesisId(), true));
            }
            case HypothesisConfirmed e -> {
                tests.put(e.testId(), new Test(e.hypothesisId(), false));
                hypotheses.put(e.hypothesisId(), HypothesisStatus.CONFIRMED);
            }
            case HypothesisRefuted e -> {
                tests.put(e.testId(), new Test(e.hypothesisId(), false));
                end(e.hypothesisId(), HypothesisStatus.REFUTED);
            }
            case HypothesisTestInconclusive e -> tests.put(e.testId(), new Test(e.hypothesisId(), false));
            case MitigationBegun e -> {
                number(e.mitigationId());
                mitigations.put(e.mitigationId(), MitigationStatus.RUNNING);
            }
            case MitigationCompleted e -> mitigations.put(e.mitigationId(), MitigationStatus.ENDED);
            case MitigationFailed e -> mitigations.put(e.mitigationId(), MitigationStatus.ENDED);
            case MitigationRolledBack e -> mitigations.put(e.mitigationId(), MitigationStatus.ROLLED_BACK);
            case CommunicationPlanned e ->
                e.firstDueAt().ifPresent(due -> promises.putIfAbsent(e.audience(), new Promise(due, false)));
            case UpdatePublished e -> {
                number(e.updateId());
                for (var audience : e.audiences()) {
                    e.nextUpdateAt()
                            .ifPresentOrElse(
                                    due -> promises.put(audience, new Promise(due, false)),
                                    () -> promises.remove(audience));
                }
            }
            case UpdateMissed e -> promises.put(e.audience(), new Promise(e.dueAt(), true));
            case EntryCorrected _ -> remarksOnEntries.add(version);
            case EntryPinned e -> {
                remarksOnEntries.add(version);
                pinned.add(e.entry());
            }
            case EntryUnpinned e -> {
                remarksOnEntries.add(version);
                pinned.remove(e.entry());
            }
            case RedactionRequested e ->
                redactionRequests.put(
                        version, new RedactionRequest(e.entry(), e.fields(), e.reason(), e.requestedBy()));
            case EntryRedacted e -> {
                for (var field : e.fields()) {
                    redacted.add(new RedactedPlace(e.entry(), field.path()));
                }
            }
            case FindingRecorded e -> {
                number(e.findingId());
                findings.put(e.findingId(), e.kind());
            }
            case FindingRevised e -> findings.put(e.findingId(), e.kind());
            case ActionAssigned e -> {
                number(e.actionId());
                actions.put(e.actionId(), new Action(e.owner(), e.due(), false, false));
            }
            case ActionReassigned e ->
                replace(actions, e.actionId(), a -> new Action(Optional.of(e.to()), a.due(), a.overdue(), a.ended()));
            case ActionRescheduled e ->
                replace(actions, e.actionId(), a -> new Action(a.owner(), Optional.of(e.to()), false, a.ended()));
            case ActionBecameOverdue e ->
                replace(actions, e.actionId(), a -> new Action(a.owner(), a.due(), true, a.ended()));
            case ActionCompleted e ->
                replace(actions, e.actionId(), a -> new Action(a.owner(), a.due(), a.overdue(), true));
            case ActionDropped e ->
                replace(actions, e.actionId(), a -> new Action(a.owner(), a.due(), a.overdue(), true));
            case InjectsPlanned e -> {
                withhold();
                e.injects().forEach(id -> {
                    number(id);
                    injects.put(id, InjectStatus.PLANNED);
                });
                script = Optional.of(e.script());
            }
            case InjectDelivered e -> injects.put(e.injectId(), InjectStatus.DELIVERED);
            case ExerciseEnded _ -> withhold();
            case RunbookFollowed e -> runbooks.put(e.runbookId(), new FollowedRunbook(e.revision(), e.steps()));
            case PlaybookApplied e ->
                playbook = Optional.of(new AppliedPlaybook(e.playbookId(), e.revision(), e.severity()));
            case IncidentImported e -> origin = Optional.of(e.origin());
            case EntryImported e -> imported.putIfAbsent(Thing.of(e.origin()), ImportedEntry.of(version, e));
            case PostmortemPublished _ -> postmortemPublished = true;
            case IncidentReopened _ -> postmortemPublished = false;
            // Whoever was promised to hear is told by the end itself.
            case IncidentCancelled _, IncidentMerged _, IncidentClosed _ -> {
                promises.clear();
                withhold();
            }
            case ChangeLinked _,
                    EvidenceLinked _,
                    RecoveryVerified _,
                    RecoveryNotConfirmed _,
                    NoteAdded _,
                    ReviewBegun _,
                    RunbookStepCompleted _ -> {}
            // What they say is in the facts about duties.
            case AwarenessEstablished _, IncidentClassified _, NotificationSubmitted _, NotificationMissed _ -> {}
        }
    }

    private void withhold() {
        injects.replaceAll((_, status) -> status == InjectStatus.PLANNED ? InjectStatus.WITHHELD : status);
        script = Optional.empty();
    }

    private void number(ItemId item) {
        if (!knows(item)) {
            numbered.merge(item.getClass(), 1, Integer::sum);
        }
    }

    private void end(HypothesisId hypothesis, HypothesisStatus status) {
        hypotheses.put(hypothesis, status);
        primary = primary.filter(p -> !p.equals(hypothesis));
    }

    private static <K, V> void replace(Map<K, V> map, K key, UnaryOperator<V> change) {
        map.computeIfPresent(key, (_, value) -> change.apply(value));
    }

    private static <T> Set<T> union(Set<T> some, Set<T> others) {
        var all = new HashSet<>(some);
        all.addAll(others);
        return Collections.unmodifiableSet(all);
    }

    private static <T> Set<T> without(Set<T> all, T one) {
        var others = new HashSet<>(all);
        others.remove(one);
        return Collections.unmodifiableSet(others);
    }

    private static Optional<Instant> knownTime(OccurredAt occurredAt) {
        return occurredAt.precision() == Precision.ORDER_ONLY ? Optional.empty() : occurredAt.at();
    }
}
