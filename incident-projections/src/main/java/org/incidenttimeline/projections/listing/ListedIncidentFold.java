package org.incidenttimeline.projections.listing;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.incidenttimeline.core.event.IncidentEvent.*;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Progress;
import org.incidenttimeline.core.event.Provenance;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.core.event.Role;
import org.incidenttimeline.core.event.Severity;
import org.incidenttimeline.projections.Fold;
import org.incidenttimeline.projections.timeline.Source;
import org.incidenttimeline.projections.timeline.TimelineEntry;

/** The line of one incident in lists; empty until it is declared. */
public final class ListedIncidentFold implements Fold<Optional<ListedIncident>> {
    @Override
    public Optional<ListedIncident> empty() {
        return Optional.empty();
    }

    @Override
    public Optional<ListedIncident> apply(Optional<ListedIncident> listed, RecordedEvent event) {
        if (event.event() instanceof IncidentDeclared declared) {
            return Optional.of(declared(declared, event));
        }
        return listed.map(before -> {
            var draft = new Draft(before);
            draft.take(event);
            return draft.finish(before, event);
        });
    }

    private static ListedIncident declared(IncidentDeclared e, RecordedEvent event) {
        var source = TimelineEntry.of(event).source();
        return new ListedIncident(
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
                source.sortedBy(),
                source,
                e.startedAt(),
                event.recordedAt());
    }

    private static Set<Person> declaring(IncidentDeclared e, Provenance by) {
        var named = new HashSet<Person>();
        named.add(e.lead());
        named.add(by.actor().name());
        by.onBehalfOf().ifPresent(named::add);
        return named;
    }

    /** A line while one event is applied to it. */
    private static final class Draft {
        private Severity severity;
        private Person lead;
        private Source declared;
        private final Set<Person> named;

        Draft(ListedIncident listed) {
            severity = listed.severity();
            lead = listed.lead();
            declared = listed.declared();
            named = new HashSet<>(listed.named());
        }

        ListedIncident finish(ListedIncident before, RecordedEvent event) {
            return new ListedIncident(
                    before.incidentId(),
                    event.version(),
                    before.place(),
                    before.title(),
                    severity,
                    before.progress().after(event.event()),
                    before.mode(),
                    before.visibility(),
                    before.services(),
                    lead,
                    named,
                    before.listedAt(),
                    declared,
                    before.startedAt(),
                    event.recordedAt());
        }

        void take(RecordedEvent event) {
            switch (event.event()) {
                case RoleAssigned e -> given(e.role(), e.person());
                case RoleHandedOver e -> given(e.role(), e.to());
                case SeverityChanged e -> severity = e.to();
                case EntryCorrected e -> declared = declared.after(e.entry(), e.time());
                // What these do to the phase is in Progress.
                case IncidentCancelled _,
                        IncidentMerged _,
                        IncidentClosed _,
                        IncidentReopened _,
                        RecoveryVerified _,
                        RecoveryNotConfirmed _,
                        ReviewBegun _,
                        MitigationBegun _,
                        MitigationCompleted _,
                        MitigationFailed _,
                        MitigationRolledBack _ -> {}
                case IncidentDeclared _,
                        ImpactAssessed _,
                        ChangesFrozen _,
                        FreezeExceptionGranted _,
                        FreezeLifted _,
                        SymptomRecorded _,
                        ChangeRecorded _,
                        ChangeLinked _,
                        EvidencePreserved _,
                        HypothesisProposed _,
                        PrimaryHypothesisChosen _,
                        EvidenceLinked _,
                        HypothesisSetAside _,
                        HypothesisTestBegun _,
                        HypothesisConfirmed _,
                        HypothesisRefuted _,
                        HypothesisTestInconclusive _,
                        CommunicationPlanned _,
                        UpdatePublished _,
                        UpdateMissed _,
                        NoteAdded _,
                        EntryPinned _,
                        EntryUnpinned _,
                        RedactionRequested _,
                        EntryRedacted _,
                        FindingRecorded _,
                        FindingRevised _,
                        ActionAssigned _,
                        ActionReassigned _,
                        ActionRescheduled _,
                        ActionCompleted _,
                        ActionDropped _,
                        ActionBecameOverdue _,
                        InjectsPlanned _,
                        InjectDelivered _,
                        ExerciseEnded _,
                        IncidentImported _,
                        EntryImported _,
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

        private void given(Role role, Person person) {
            named.add(person);
            if (role == Role.LEAD) {
                lead = person;
            }
        }
    }
}
