package org.incidenttimeline.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventCatalogueTest {
    @Test
    void every_event_has_a_name_of_its_own() {
        var entries = EventCatalogue.entries();

        assertThat(entries.keySet().toArray())
                .containsExactlyInAnyOrder((Object[]) IncidentEvent.class.getPermittedSubclasses());
        assertThat(entries.values().stream().map(EventCatalogue.Entry::kind)).doesNotHaveDuplicates();
        assertThat(entries.values()).allSatisfy(entry -> {
            assertThat(entry.kind()).matches("[a-z]+(-[a-z]+)*");
            assertThat(entry.revision()).isPositive();
        });
    }
}
