package org.incidenttimeline.api.register;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.core.history.IncidentHistory;
import org.incidenttimeline.projections.listing.IncidentFilter;
import org.incidenttimeline.projections.listing.IncidentFilter.Period;
import org.incidenttimeline.projections.listing.ListedIncident;
import org.incidenttimeline.projections.past.Known;
import org.incidenttimeline.projections.register.RegisterEntry;
import org.incidenttimeline.projections.store.IncidentIndexReader;
import org.incidenttimeline.projections.store.IncidentIndexReader.Place;
import org.incidenttimeline.projections.store.Viewer;
import org.springframework.stereotype.Component;

/** Goes through the incidents of a period, the one declared last first, one at a time however many there are. */
@Component
public class Register {
    private final IncidentIndexReader incidents;
    private final IncidentHistory history;

    Register(IncidentIndexReader incidents, IncidentHistory history) {
        this.incidents = incidents;
        this.history = history;
    }

    /** Which incidents, and what is known of them. */
    public record Question(Known known, Period declared, Viewer viewer) {
        private IncidentFilter filter() {
            return IncidentFilter.declaredIn(declared);
        }
    }

    /** Takes what is told, and may fail to pass it on. */
    public interface Taker<T> {
        void take(T told) throws IOException;
    }

    /** How many incidents there are. What the answer is as of does not change, so this is how many will be told. */
    public long count(Question question) throws IOException {
        long[] count = {0};
        list(question, _ -> count[0]++);
        return count[0];
    }

    public void tell(Question question, Taker<RegisterEntry> taker) throws IOException {
        each(question, events -> taker.take(RegisterEntry.of(events).orElseThrow()));
    }

    /** The events of each incident that are known. */
    public void each(Question question, Taker<List<RecordedEvent>> taker) throws IOException {
        list(question, listed -> {
            var events = question.known().of(history.of(listed.incidentId()));
            if (events.isEmpty()) {
                throw new IllegalStateException(
                        "the index has the incident " + listed.incidentId() + ", and the log has not");
            }
            taker.take(events);
        });
    }

    private void list(Question question, Taker<ListedIncident> taker) throws IOException {
        var behind = Optional.<Place>empty();
        do {
            var part = incidents.listThen(
                    question.known(), question.filter(), question.viewer(), behind, Limits.PAGE, Limits.REPLAYED);
            for (var listed : part.incidents()) {
                taker.take(listed);
            }
            behind = part.next();
        } while (behind.isPresent());
    }

    /** How far the index has come. */
    public long position() {
        return incidents.position(IncidentFilter.ALL);
    }
}
