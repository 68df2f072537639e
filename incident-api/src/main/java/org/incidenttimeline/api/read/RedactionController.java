package org.incidenttimeline.api.read;

import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.incidenttimeline.api.caching.EntityTags;
import org.incidenttimeline.api.caching.Tagged;
import org.incidenttimeline.api.freshness.Freshness;
import org.incidenttimeline.api.freshness.Waiting;
import org.incidenttimeline.api.past.Moment;
import org.incidenttimeline.api.past.Past;
import org.incidenttimeline.core.event.FieldPath;
import org.incidenttimeline.core.event.IncidentEvent.EntryRedacted;
import org.incidenttimeline.core.event.IncidentEvent.RedactionRequested;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.core.event.RedactedField;
import org.incidenttimeline.core.event.RedactionReason;
import org.incidenttimeline.core.event.Text;
import org.incidenttimeline.core.history.IncidentHistory;
import org.incidenttimeline.core.log.EventLog;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What somebody asked to take out of an incident, and what became of it. */
@RestController
class RedactionController {
    private final IncidentHistory history;
    private final Past past;
    private final EventLog log;
    private final EntityTags tags;

    RedactionController(IncidentHistory history, Past past, EventLog log, EntityTags tags) {
        this.history = history;
        this.past = past;
        this.log = log;
        this.tags = tags;
    }

    /** What became of a request. */
    enum RedactionState {
        /** Nobody approved it yet: the words are there. */
        ASKED,
        /** The words are gone; the keys of older copies of them are still to be destroyed. */
        SHRED_PENDING,
        /** The words and their keys are gone. */
        DONE
    }

    /** The requests, the oldest first. */
    record RedactionsResponse(IncidentId incidentId, long version, List<RedactionResponse> redactions) {}

    /**
     * A request; {@code request} is its number, by which it is approved.
     *
     * @param entry from which the words are taken
     * @param paths where they stand in its event
     */
    record RedactionResponse(
            long request,
            long entry,
            List<FieldPath> paths,
            RedactionReason reason,
            Text because,
            Person requestedBy,
            Instant requestedAt,
            Optional<Person> approvedBy,
            Optional<Instant> approvedAt,
            RedactionState state) {}

    /** What somebody asked to take out of the incident, and what became of it. */
    @GetMapping(path = "/api/v1/incidents/{incident}/redactions", produces = MediaType.APPLICATION_JSON_VALUE)
    @Tagged
    @Operation(operationId = "getRedactions")
    ResponseEntity<RedactionsResponse> redactions(
            @PathVariable IncidentId incident, Freshness freshness, Moment moment) {
        Waiting.until(freshness.minVersion(), freshness.patience(), () -> history.versionOf(incident));
        var events = moment.isNow()
                ? history.of(incident)
                : past.of(incident, moment).events();
        var response = new RedactionsResponse(incident, history.versionOf(incident), told(events));
        return EntityTags.ok(tags.ofContent(response)).body(response);
    }

    private List<RedactionResponse> told(List<RecordedEvent> events) {
        var told = new ArrayList<RedactionResponse>();
        for (var event : events) {
            if (event.event() instanceof RedactionRequested asked) {
                var approval = events.stream()
                        .filter(e ->
                                e.event() instanceof EntryRedacted redacted && redacted.request() == event.version())
                        .findFirst();
                told.add(new RedactionResponse(
                        event.version(),
                        asked.entry(),
                        asked.fields().stream().map(RedactedField::path).toList(),
                        asked.reason(),
                        asked.because(),
                        asked.requestedBy(),
                        event.recordedAt(),
                        approval.map(e -> e.provenance().actor().name()),
                        approval.map(RecordedEvent::recordedAt),
                        approval.isEmpty()
                                ? RedactionState.ASKED
                                : isPending(events, asked) ? RedactionState.SHRED_PENDING : RedactionState.DONE));
            }
        }
        return told;
    }

    /** As of now, whatever moment was asked for: only now can a key be there or not. */
    private boolean isPending(List<RecordedEvent> events, RedactionRequested asked) {
        return events.stream()
                .filter(event -> event.version() == asked.entry())
                .map(RecordedEvent::eventId)
                .map(UUID::fromString)
                .map(log::shredPending)
                .anyMatch(pending -> asked.fields().stream()
                        .anyMatch(field -> pending.contains(field.path().value())));
    }
}
