package org.incidenttimeline.core.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Appends for tests. */
final class Facts {

    private Facts() {}

    static NewEvent event() {
        return new NewEvent(UUID.randomUUID(), "incident.note-added", 1, "{\"text\":\"üß🚒\"}", "{}");
    }

    static List<NewEvent> events(int count) {
        List<NewEvent> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            events.add(event());
        }
        return events;
    }

    static Append append(String streamId, long firstSequence, KeyChange... keys) {
        return append(streamId, firstSequence, 1, keys);
    }

    /** The same without its place in the ledger. */
    static Appended placeless(Appended appended) {
        return new Appended(appended.firstPosition(), appended.lastPosition(), appended.recordedAt(), Optional.empty());
    }

    static Append append(String streamId, long firstSequence, int count, KeyChange... keys) {
        return new Append("incident", streamId, firstSequence, events(count), Arrays.asList(keys));
    }
}
