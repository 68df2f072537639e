package org.incidenttimeline.api.register;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.CancellationReason;
import org.incidenttimeline.core.event.EventCatalogue;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.Mode;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Phase;
import org.incidenttimeline.core.event.Precision;
import org.incidenttimeline.core.event.Reference;
import org.incidenttimeline.core.event.Role;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.event.Severity;
import org.incidenttimeline.core.event.Text;
import org.incidenttimeline.core.event.Title;
import org.incidenttimeline.core.event.Visibility;
import org.incidenttimeline.projections.incident.IncidentView;
import org.incidenttimeline.projections.milestones.Milestone;
import org.incidenttimeline.projections.register.RegisterEntry;
import org.incidenttimeline.projections.timeline.TimelineEntry;
import org.incidenttimeline.projections.wording.EntryWords;
import org.incidenttimeline.projections.wording.People;
import org.incidenttimeline.projections.wording.Phrase;

/** The register, and the export that it is. */
record RegisterResponse(ExportResponse register, List<RegisteredResponse> incidents) {
    /**
     * Who made it, when, and as of what.
     *
     * @param export the number under which it is on record
     * @param position the place in the log up to which it is complete
     * @param from when the first of its incidents may have been declared; null where none is left out
     * @param to before when they were declared
     * @param incidents how many there are
     */
    record ExportResponse(
            long export,
            Person madeBy,
            Actor.Kind madeByKind,
            Instant madeAt,
            long position,
            Optional<Instant> from,
            Optional<Instant> to,
            long incidents) {}

    /** One incident. */
    record RegisteredResponse(
            IncidentId incidentId,
            long version,
            Title title,
            Mode mode,
            Visibility visibility,
            Severity severity,
            Severity declaredSeverity,
            Phase phase,
            List<ServiceName> services,
            Optional<Person> lead,
            Person declaredBy,
            ClaimedResponse declaredAt,
            Instant declarationRecordedAt,
            Optional<ClaimedResponse> startedAt,
            Optional<ClaimedResponse> detectedAt,
            Optional<ClaimedResponse> resolvedAt,
            Optional<ClaimedResponse> closedAt,
            Optional<CancellationReason> cancelled,
            Optional<IncidentId> mergedInto,
            Optional<Reference> importedFrom,
            List<RegisteredDecisionResponse> decisions) {
        static RegisteredResponse of(RegisterEntry entry) {
            var incident = entry.incident();
            return new RegisteredResponse(
                    incident.incidentId(),
                    incident.version(),
                    incident.title(),
                    incident.mode(),
                    incident.visibility(),
                    incident.severity(),
                    incident.severities().getFirst().severity(),
                    incident.phase(),
                    incident.services(),
                    lead(incident),
                    incident.declared().by().name(),
                    ClaimedResponse.of(incident.declared().occurredAt()),
                    incident.declared().recordedAt(),
                    milestone(entry, Milestone.Name.STARTED),
                    milestone(entry, Milestone.Name.DETECTED),
                    milestone(entry, Milestone.Name.RESOLVED),
                    milestone(entry, Milestone.Name.CLOSED),
                    incident.phase() == Phase.CANCELLED
                            ? incident.cancelled().map(IncidentView.Cancellation::reason)
                            : Optional.empty(),
                    incident.phase() == Phase.MERGED
                            ? incident.merged().map(IncidentView.Merge::into)
                            : Optional.empty(),
                    incident.imported().map(imported -> imported.origin().source()),
                    entry.decisions().stream()
                            .map(RegisteredDecisionResponse::of)
                            .toList());
        }

        private static Optional<Person> lead(IncidentView incident) {
            return incident.rolesNow().stream()
                    .filter(holding -> holding.role() == Role.LEAD)
                    .map(IncidentView.RoleHolding::person)
                    .findFirst();
        }

        private static Optional<ClaimedResponse> milestone(RegisterEntry entry, Milestone.Name name) {
            return entry.milestones().get(name).map(Milestone::at).map(ClaimedResponse::of);
        }
    }

    /** When something happened, as claimed last, and how well that is known. */
    record ClaimedResponse(Optional<Instant> at, Precision precision, Optional<Instant> until) {
        static ClaimedResponse of(OccurredAt time) {
            return new ClaimedResponse(time.at(), time.precision(), time.until());
        }
    }

    /**
     * Who decided what and when.
     *
     * @param entry the number of the timeline entry
     * @param decided what, in a sentence
     * @param overrides why a rule was overridden, where one was
     * @param correctedBy the version of the last event that corrected it; null where none did
     */
    record RegisteredDecisionResponse(
            long entry,
            String kind,
            String decided,
            List<Text> overrides,
            Person by,
            Actor.Kind byKind,
            Optional<Person> onBehalfOf,
            ClaimedResponse at,
            Instant recordedAt,
            OptionalLong correctedBy) {
        static RegisteredDecisionResponse of(TimelineEntry entry) {
            Phrase headline = EntryWords.of(entry, People.named()).headline();
            return new RegisteredDecisionResponse(
                    entry.number(),
                    EventCatalogue.kindOf(entry.event()),
                    headline.text(),
                    entry.overrides(),
                    entry.actor().name(),
                    entry.actor().kind(),
                    entry.onBehalfOf(),
                    ClaimedResponse.of(entry.occurredAt()),
                    entry.recordedAt(),
                    entry.corrections().isEmpty()
                            ? OptionalLong.empty()
                            : OptionalLong.of(entry.corrections().getLast().version()));
        }
    }
}
