package org.incidenttimeline.core.axon;

import java.util.List;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.core.history.IncidentHistory;
import org.incidenttimeline.core.history.RecordedLog;
import org.incidenttimeline.core.log.EventLog;
import org.incidenttimeline.core.log.StoredEvent;

/** Reads recorded events from the log, by the same way on which the processors come by their events. */
public final class LogHistory implements IncidentHistory, RecordedLog {
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
        return recorded(log.readStream(incident.value(), 0));
    }

    @Override
    public List<RecordedEvent> after(long position, int most) {
        return recorded(log.readAfter(position, most));
    }

    @Override
    public long head() {
        return log.head();
    }

    private List<RecordedEvent> recorded(List<StoredEvent> stored) {
        return EventUtils.upcastAndDeserializeTrackedEvents(
                        stored.stream().map(StoredEventData::new), serializer, upcasters)
                .map(RecordedEvents::of)
                .toList();
    }

    @Override
    public long versionOf(IncidentId incident) {
        return log.streamVersion(incident.value()).orElse(-1) + 1;
    }
}
