package org.incidenttimeline.core.axon;

import java.util.List;
import java.util.stream.Stream;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.incidenttimeline.core.event.FieldPath;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.PlaybookId;
import org.incidenttimeline.core.event.Recorded;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.core.event.RecordedPlaybookEvent;
import org.incidenttimeline.core.event.RecordedRunbookEvent;
import org.incidenttimeline.core.event.RedactedField;
import org.incidenttimeline.core.event.RunbookId;
import org.incidenttimeline.core.event.Sha256;
import org.incidenttimeline.core.history.IncidentHistory;
import org.incidenttimeline.core.history.PlaybookHistory;
import org.incidenttimeline.core.history.RecordedLog;
import org.incidenttimeline.core.history.RunbookHistory;
import org.incidenttimeline.core.history.SealedWords;
import org.incidenttimeline.core.log.EventLog;
import org.incidenttimeline.core.log.StoredEvent;

/** Reads recorded events from the log, by the same way on which the processors come by their events. */
public final class LogHistory implements IncidentHistory, RunbookHistory, PlaybookHistory, RecordedLog, SealedWords {
    private final EventLog log;
    private final EventSerializer serializer;
    private final EventUpcaster upcasters;

    public LogHistory(EventLog log, EventSerializer serializer, EventUpcaster upcasters) {
        this.log = log;
        this.serializer = serializer;
        this.upcasters = upcasters;
    }

    @Override
    public List<RecordedEvent> of(IncidentId incident) {
        return read(incident.value(), RecordedEvent.class);
    }

    @Override
    public List<RecordedRunbookEvent> of(RunbookId runbook) {
        return read(runbook.streamId(), RecordedRunbookEvent.class);
    }

    @Override
    public List<RecordedPlaybookEvent> of(PlaybookId playbook) {
        return read(playbook.streamId(), RecordedPlaybookEvent.class);
    }

    @Override
    public List<RedactedField> of(IncidentId incident, long entry) {
        return log.sealsOf(incident.value(), entry - 1).stream()
                .map(place -> new RedactedField(
                        new FieldPath(place.path()),
                        new Sha256(place.commitment().hex())))
                .toList();
    }

    @Override
    public List<Recorded> after(long position, int most) {
        return recorded(log.readAfter(position, most)).toList();
    }

    @Override
    public long head() {
        return log.head();
    }

    @Override
    public long versionOf(IncidentId incident) {
        return versionOf(incident.value());
    }

    @Override
    public long versionOf(RunbookId runbook) {
        return versionOf(runbook.streamId());
    }

    @Override
    public long versionOf(PlaybookId playbook) {
        return versionOf(playbook.streamId());
    }

    /** How many events a stream has; 0 when there is none of that name. */
    public long versionOf(String streamId) {
        return log.streamVersion(streamId).orElse(-1) + 1;
    }

    private <R extends Recorded> List<R> read(String streamId, Class<R> type) {
        return recorded(log.readStream(streamId, 0)).map(type::cast).toList();
    }

    private Stream<Recorded> recorded(List<StoredEvent> stored) {
        return RecordedEvents.of(stored.stream(), serializer, upcasters);
    }
}
