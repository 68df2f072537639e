package org.incidenttimeline.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.incidenttimeline.core.incident.EventSamples;
import org.junit.jupiter.api.Test;

class EventCatalogueTest {
    @Test
    void every_event_has_a_name_of_its_own() {
        var entries = EventCatalogue.entries();

        assertThat(entries.keySet().toArray())
                .containsExactlyInAnyOrder(EventSamples.types().toArray());
        assertThat(entries.values()).doesNotHaveDuplicates();
        assertThat(entries.values()).allSatisfy(entry -> {
            assertThat(entry.kind()).matches("[a-z]+(-[a-z]+)*");
            assertThat(entry.revision()).isPositive();
        });
    }
}
