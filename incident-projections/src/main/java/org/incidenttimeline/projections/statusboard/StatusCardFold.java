package org.incidenttimeline.projections.statusboard;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.incidenttimeline.core.event.Audience;
import org.incidenttimeline.core.event.Impact;
import org.incidenttimeline.core.event.IncidentEvent.*;
import org.incidenttimeline.core.event.ItemId.FreezeId;
import org.incidenttimeline.core.event.ItemId.HypothesisId;
import org.incidenttimeline.core.event.ItemId.MitigationId;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Progress;
import org.incidenttimeline.core.event.Provenance;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.core.event.Role;
import org.incidenttimeline.core.event.Severity;
import org.incidenttimeline.core.event.Text;
import org.incidenttimeline.projections.Fold;
import org.incidenttimeline.projections.incident.Inquiry;
import org.incidenttimeline.projections.statusboard.StatusCard.Due;
import org.incidenttimeline.projections.statusboard.StatusCard.ImpactNow;
import org.incidenttimeline.projections.statusboard.StatusCard.LastUpdate;
import org.incidenttimeline.projections.statusboard.StatusCard.Said;
import org.incidenttimeline.projections.timeline.Source;
import org.incidenttimeline.projections.timeline.TimelineEntry;

/** The status card of one incident; empty until it is declared. */
public final class StatusCardFold implements Fold<Optional<StatusCard>> {
    @Override
    public Optional<StatusCard> empty() {
        return Optional.empty();
    }

    @Override
    public Optional<StatusCard> apply(Optional<StatusCard> card, RecordedEvent event) {
        if (event.event() instanceof IncidentDeclared declared) {
            return Optional.of(declared(declared, event));
        }
        return card.map(before -> {
            var draft = new Draft(before);
            draft.take(event);
            return draft.finish(before, event);
        });
    }

    private static StatusCard declared(IncidentDeclared e, RecordedEvent event) {
        var source = TimelineEntry.of(event).source();
        return new StatusCard(
                e.incidentId(),
                event.version(),
                event.position(),
                e.title(),
                e.severity(),
                Progress.DECLARED,
                e.mode(),
                e.visibility(),
                e.services(),
                e.lead(),
                declaring(e, event.provenance()),
                source,
                e.impact().map(impact -> new ImpactNow(StatusCard.brief(impact), Optional.empty(), source)),
                Set.of(),
                Inquiry.NONE,
                Map.of(),
                Map.of(),
                Optional.empty(),
                Map.of());
    }

    private static Set<Person> declaring(IncidentDeclared e, Provenance by) {
        var named = new HashSet<Person>();
        named.add(e.lead());
        named.add(by.actor().name());
        by.onBehalfOf().ifPresent(named::add);
        return named;
    }

    /** A card while one event is applied to it. */
    private static final class Draft {
        private Severity severity;
        private Person lead;
        private Source declared;
        private Optional<ImpactNow> impact;
        private Optional<LastUpdate> lastUpdate;
        private final Set<Person> named;
        private final Set<FreezeId> freezes;
        private final Map<HypothesisId, Said> hypotheses;
        private final Map<MitigationId, Said> mitigations;
        private final Map<Audience, Due> due = new EnumMap<>(Audience.class);

        Draft(StatusCard card) {
            severity = card.severity();
            lead = card.lead();
            declared = card.declared();
            impact = card.impact();
            lastUpdate = card.lastUpdate();
            named = new HashSet<>(card.named());
            freezes = new HashSet<>(card.freezes());
            hypotheses = new HashMap<>(card.hypotheses());
            mitigations = new HashMap<>(card.mitigations());
            due.putAll(card.due());
        }

        StatusCard finish(StatusCard before, RecordedEvent event) {
            return new StatusCard(
                    before.incidentId(),
                    event.version(),
                    event.position(),
                    before.title(),
                    severity,
                    before.progress().after(event.event()),
                    before.mode(),
                    before.visibility(),
                    before.services(),
                    lead,
                    named,
                    declared,
                    impact,
                    freezes,
                    before.inquiry().after(event.event()),
                    hypotheses,
                    mitigations,
                    lastUpdate,
                    due);
        }

        void take(RecordedEvent event) {
            var source = TimelineEntry.of(event).source();
            switch (event.event()) {
                case RoleAssigned e -> holds(e.role(), e.person());
                case RoleHandedOver e -> holds(e.role(), e.to());
                case SeverityChanged e -> severity = e.to();
                case ImpactAssessed e ->
                    impact = Optional.of(new ImpactNow(StatusCard.brief(e.impact()), e.until(), source));
                case ChangesFrozen e -> freezes.add(e.freezeId());
                case FreezeLifted e -> freezes.remove(e.freezeId());
                case HypothesisProposed e ->
                    hypotheses.put(e.hypothesisId(), new Said(StatusCard.brief(e.statement()), source));
                case MitigationBegun e ->
                    mitigations.put(e.mitigationId(), new Said(StatusCard.brief(e.text()), source));
                case MitigationCompleted e -> mitigations.remove(e.mitigationId());
                case MitigationFailed e -> mitigations.remove(e.mitigationId());
                case MitigationRolledBack e -> mitigations.remove(e.mitigationId());
                case CommunicationPlanned e ->
                    e.firstDueAt().ifPresent(at -> due.putIfAbsent(e.audience(), new Due(at, false)));
                case UpdatePublished e -> published(e, source);
                case UpdateMissed e ->
                    due.computeIfPresent(e.audience(), (_, d) -> d.at().equals(e.dueAt()) ? new Due(d.at(), true) : d);
                case EntryCorrected e -> corrected(e);
                case IncidentCancelled _, IncidentMerged _, IncidentClosed _ -> due.clear();
                // What these do to the phase and to the standing of hypotheses is in Progress and Inquiry.
                case RecoveryVerified _,
                        RecoveryNotConfirmed _,
                        EntryImported _,
                        ReviewBegun _,
                        IncidentReopened _,
                        PrimaryHypothesisChosen _,
                        HypothesisSetAside _,
                        HypothesisTestBegun _,
                        HypothesisConfirmed _,
                        HypothesisRefuted _,
                        HypothesisTestInconclusive _ -> {}
                case IncidentDeclared _,
                        FreezeExceptionGranted _,
                        SymptomRecorded _,
                        ChangeRecorded _,
                        ChangeLinked _,
                        EvidencePreserved _,
                        EvidenceLinked _,
                        NoteAdded _,
                        IncidentImported _,
                        EntryPinned _,
                        EntryUnpinned _,
                        RedactionRequested _,
                        EntryRedacted _,
                        InjectsPlanned _,
                        InjectDelivered _,
                        ExerciseEnded _,
                        FindingRecorded _,
                        FindingRevised _,
                        ActionAssigned _,
                        ActionReassigned _,
                        ActionRescheduled _,
                        ActionBecameOverdue _,
                        ActionCompleted _,
                        ActionDropped _,
                        RunbookFollowed _,
                        AwarenessEstablished _,
                        IncidentClassified _,
                        NotificationSubmitted _,
                        NotificationMissed _,
                        RunbookStepCompleted _,
                        PlaybookApplied _,
                        PostmortemPublished _ -> {}
            }
        }

        private void holds(Role role, Person person) {
            named.add(person);
            if (role == Role.LEAD) {
                lead = person;
            }
        }

        private void published(UpdatePublished e, Source source) {
            lastUpdate = Optional.of(
                    new LastUpdate(e.updateId(), e.audiences(), StatusCard.brief(e.whatHappened()), source));
            for (Audience audience : e.audiences()) {
                due.remove(audience);
                e.nextUpdateAt().ifPresent(next -> due.put(audience, new Due(next, false)));
            }
        }

        private void corrected(EntryCorrected e) {
            hypotheses.replaceAll((_, said) -> corrected(said, e));
            mitigations.replaceAll((_, said) -> corrected(said, e));
            lastUpdate = lastUpdate.map(u -> new LastUpdate(
                    u.updateId(),
                    u.audiences(),
                    words(u.source(), u.whatHappened(), e),
                    u.source().after(e.entry(), e.time())));
            impact = impact.map(
                    i -> new ImpactNow(corrected(i, e), i.until(), i.source().after(e.entry(), e.time())));
            declared = declared.after(e.entry(), e.time());
        }

        /** The words of a declaration are its summary, so correcting them does not touch the impact it told of. */
        private Impact corrected(ImpactNow now, EntryCorrected e) {
            var told = now.impact();
            return now.source().entry() == declared.entry()
                    ? told
                    : new Impact(
                            words(now.source(), told.broken(), e), told.stillWorks(), told.affected(), told.spread());
        }

        private static Said corrected(Said said, EntryCorrected e) {
            return new Said(words(said.source(), said.text(), e), said.source().after(e.entry(), e.time()));
        }

        private static Text words(Source source, Text text, EntryCorrected e) {
            return source.entry() == e.entry() ? e.text().map(StatusCard::brief).orElse(text) : text;
        }
    }
}
