package org.incidenttimeline.core.axon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.axonframework.serialization.SimpleSerializedObject;
import org.incidenttimeline.core.event.DomainEvent;
import org.incidenttimeline.core.incident.EventSamples;
import org.incidenttimeline.core.seal.Payloads;
import org.incidenttimeline.core.seal.SaltedValue;
import org.incidenttimeline.core.seal.SealedField;
import org.incidenttimeline.core.seal.Sealer;
import org.incidenttimeline.core.seal.SealingKey;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every event has its words sealed, and is read with any of them missing. */
class SealedEventsTest {
    private static final UUID ID = new UUID(1, 2);
    private static final Pattern WORDS = Pattern.compile("\\{\"text\":\"");

    private final EventSerializer serializer = DomainEventTypes.serializer();
    private final Sealer sealer = new Sealer(SealingKey.generate());

    static Stream<DomainEvent> samples() {
        return EventSamples.all().stream();
    }

    private String stored(DomainEvent event) {
        return serializer.serialize(event, String.class).getData();
    }

    private DomainEvent read(DomainEvent sample, String payload) {
        return serializer.deserialize(
                new SimpleSerializedObject<>(payload, String.class, serializer.typeForClass(sample.getClass())));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void every_text_of_an_event_is_sealed_and_comes_back(DomainEvent sample) {
        var payload = stored(sample);
        var sealed = sealer.seal(ID, payload);

        assertThat(sealed.payload()).doesNotContain("{\"text\":\"");
        assertThat(sealed.fields())
                .hasSize(Math.toIntExact(WORDS.matcher(payload).results().count()));
        List<SealedField> fields = new ArrayList<>(sealed.fields());
        var opened = Payloads.opened(sealed.payload(), place -> {
            var field = fields.removeFirst();
            assertThat(field.path()).isEqualTo(place.path());
            SaltedValue value = Sealer.open(
                    ID, place, sealer.unwrap(field.keyId(), field.wrappedKey()), field.nonce(), field.box());
            return Optional.of(value.json());
        });
        assertThat(opened).isEqualTo(payload);
        assertThat(read(sample, opened)).isEqualTo(sample);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void an_event_is_read_with_all_its_words_taken_out(DomainEvent sample) {
        var sealed = sealer.seal(ID, stored(sample)).payload();

        var read = read(sample, Payloads.opened(sealed, _ -> Optional.empty()));

        assertThat(read).hasSameClassAs(sample);
        assertThat(stored(read)).doesNotContain("\"sealed\":");
    }
}
