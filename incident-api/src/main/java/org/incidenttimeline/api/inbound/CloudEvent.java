package org.incidenttimeline.api.inbound;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.event.ChangeKind;
import org.incidenttimeline.core.event.DedupKey;
import org.incidenttimeline.core.event.DetectionSource;
import org.incidenttimeline.core.event.Environment;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Reference;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.event.Severity;
import org.incidenttimeline.core.event.SymptomSource;
import org.incidenttimeline.core.event.SymptomState;
import org.incidenttimeline.core.event.Text;
import org.incidenttimeline.core.event.Title;

/**
 * A CloudEvent of one of our types. Its attributes may be joined by extensions, which are not read; its data is ours, and
 * is read as strictly as any command.
 */
record CloudEvent(Attributes attributes, Data data) {
    /**
     * The attributes that we use.
     *
     * @param time when it happened; without it, when it arrived
     */
    record Attributes(String specversion, String id, String source, String type, Optional<OffsetDateTime> time) {}

    /** The data of one event. */
    sealed interface Data {}

    record Declare(
            Optional<IncidentId> incidentId,
            Title title,
            Severity severity,
            Person lead,
            Optional<Text> summary,
            List<ServiceName> services,
            Optional<DetectionSource> detection,
            Optional<OccurredAt> startedAt,
            Optional<DedupKey> dedupKey)
            implements Data {}

    record Symptom(
            IncidentId incidentId,
            SymptomState state,
            Text text,
            SymptomSource source,
            Optional<ServiceName> service,
            Optional<OccurredAt> firstSeen,
            Optional<Reference> reference)
            implements Data {}

    /** Without an incident it is kept and told like a deployment. */
    record Change(
            Optional<IncidentId> incidentId,
            ChangeKind kind,
            Text text,
            ServiceName service,
            Optional<Environment> environment,
            Optional<Person> by,
            Optional<Reference> reference)
            implements Data {}

    record Note(IncidentId incidentId, Text text) implements Data {}
}
