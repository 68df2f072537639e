package org.incidenttimeline.projections.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidenttimeline.core.event.IncidentEvent;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.core.seal.SealingKey;
import org.incidenttimeline.projections.RandomHistory;
import org.incidenttimeline.projections.statusboard.StatusCard;
import org.incidenttimeline.projections.statusboard.StatusCardFold;
import org.junit.jupiter.api.Test;

class ViewJsonTest {
    private final ViewJson json = new ViewJson(SealingKey.generate().rowCipher());

    @Test
    void every_kind_of_event_is_read_as_it_was_written() {
        var events = RandomHistory.of(3, 400);

        assertThat(events.stream()
                        .map(e -> e.event().getClass().getSimpleName())
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(Stream.of(IncidentEvent.class.getPermittedSubclasses())
                        .map(Class::getSimpleName)
                        .toList());
        assertThat(events)
                .allSatisfy(event -> assertThat(json.read(json.write(event), RecordedEvent.class))
                        .isEqualTo(event));
    }

    @Test
    void a_status_card_is_read_as_it_was_written() {
        var card = new StatusCardFold().replay(RandomHistory.of(3, 200)).orElseThrow();

        assertThat(card.hypotheses()).isNotEmpty();
        assertThat(json.read(json.write(card), StatusCard.class)).isEqualTo(card);
    }
}
