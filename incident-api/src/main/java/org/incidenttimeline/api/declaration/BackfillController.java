package org.incidenttimeline.api.declaration;

import java.util.List;
import java.util.Optional;
import org.incidenttimeline.api.submission.Caller;
import org.incidenttimeline.api.submission.CommandAnswer;
import org.incidenttimeline.api.submission.CommandsAt;
import org.incidenttimeline.api.submission.Submissions;
import org.incidenttimeline.core.command.IncidentCommand.DeclareIncident;
import org.incidenttimeline.core.command.IncidentCommand.ImportEntry;
import org.incidenttimeline.core.command.IncidentCommand.ImportIncident;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.Location;
import org.incidenttimeline.core.event.Mode;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Origin;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Reference;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.event.Severity;
import org.incidenttimeline.core.event.SourceStatus;
import org.incidenttimeline.core.event.StatusMeaning;
import org.incidenttimeline.core.event.Text;
import org.incidenttimeline.core.event.TimeClaim;
import org.incidenttimeline.core.event.Title;
import org.incidenttimeline.core.event.Visibility;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/** What records kept elsewhere tell, one at a time; a whole file of it goes to the imports. */
@CommandsAt("/api/v1/incidents")
class BackfillController {
    private final Submissions submissions;

    BackfillController(Submissions submissions) {
        this.submissions = submissions;
    }

    /** The path names an incident that may not exist yet, and so is not one for which it is asked who may see it. */
    @PostMapping("/{imported}/import")
    ResponseEntity<CommandAnswer> importIncident(
            Caller caller, @PathVariable IncidentId imported, @RequestBody ImportIncidentRequest request) {
        return submissions.submit(request.toCommand(imported, caller), caller);
    }

    /** A declaration that is entered afterwards, so it has a mode of its own and holds no key against alerts. */
    record ImportIncidentRequest(
            Optional<OccurredAt> occurredAt,
            Title title,
            Severity severity,
            Person lead,
            Optional<Text> summary,
            List<ServiceName> services,
            DetectionRequest detection,
            Optional<OccurredAt> startedAt,
            Optional<ImpactRequest> impact,
            Optional<Visibility> visibility,
            OriginRequest origin,
            Optional<Text> licence,
            Optional<Reference> importRun) {
        ImportIncident toCommand(IncidentId incident, Caller caller) {
            var declaration = new DeclareIncident(
                    incident,
                    caller.time(occurredAt),
                    title,
                    severity,
                    lead,
                    summary,
                    services,
                    detection.toDetection(),
                    startedAt,
                    impact.map(ImpactRequest::toImpact),
                    Mode.BACKFILLED,
                    visibility.orElse(Visibility.OPEN),
                    Optional.empty());
            return new ImportIncident(declaration, origin.toOrigin(), licence, importRun);
        }
    }

    @PostMapping("/{incident}/imported-entries")
    ResponseEntity<CommandAnswer> importEntry(
            Caller caller, @PathVariable IncidentId incident, @RequestBody ImportEntryRequest request) {
        return submissions.submit(
                new ImportEntry(
                        incident,
                        caller.time(request.occurredAt()),
                        request.text(),
                        request.status().map(StatusRequest::toStatus),
                        request.origin().toOrigin(),
                        request.otherTimes().stream()
                                .map(TimeClaimRequest::toClaim)
                                .toList()),
                caller);
    }

    record ImportEntryRequest(
            Optional<OccurredAt> occurredAt,
            Optional<Text> text,
            Optional<StatusRequest> status,
            OriginRequest origin,
            List<TimeClaimRequest> otherTimes) {}

    record OriginRequest(Reference source, Reference id, Optional<Location> url) {
        Origin toOrigin() {
            return new Origin(source, id, url);
        }
    }

    record StatusRequest(Reference called, Optional<StatusMeaning> means) {
        SourceStatus toStatus() {
            return new SourceStatus(called, means);
        }
    }

    record TimeClaimRequest(OccurredAt time, Reference claimedBy) {
        TimeClaim toClaim() {
            return new TimeClaim(time, claimedBy);
        }
    }
}
