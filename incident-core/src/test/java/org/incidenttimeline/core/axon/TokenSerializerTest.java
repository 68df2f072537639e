package org.incidenttimeline.core.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.MergedTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.ConfigToken;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TokenSerializerTest {

    private final Serializer serializer = TokenSerializer.create();

    @ParameterizedTest
    @MethodSource("tokens")
    void a_token_is_read_back(TrackingToken token) {
        SerializedObject<byte[]> stored = serializer.serialize(token, byte[].class);

        TrackingToken read = serializer.deserialize(stored);

        assertThat(read).isEqualTo(token);
    }

    static TrackingToken[] tokens() {
        TrackingToken seven = new GlobalSequenceTrackingToken(7);
        TrackingToken nine = new GlobalSequenceTrackingToken(9);
        return new TrackingToken[] {
            seven,
            ReplayToken.createReplayToken(nine),
            ReplayToken.createReplayToken(nine, seven),
            new MergedTrackingToken(seven, nine),
            new ConfigToken(Map.of("id", "node")),
            ReplayToken.createReplayToken(new MergedTrackingToken(seven, nine))
        };
    }

    @Test
    void a_token_that_names_a_class_outside_axon_is_refused() {
        String stored = new String(
                serializer
                        .serialize(ReplayToken.createReplayToken(new GlobalSequenceTrackingToken(9)), byte[].class)
                        .getData(),
                StandardCharsets.UTF_8);
        String forged = stored.replace(GlobalSequenceTrackingToken.class.getName(), "javax.sql.rowset.BaseRowSet");

        assertThat(forged).isNotEqualTo(stored);
        assertThatException()
                .isThrownBy(() -> serializer.deserialize(
                        new SimpleSerializedObject<>(forged, String.class, ReplayToken.class.getName(), null)));
    }
}
