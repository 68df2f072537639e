package org.incidenttimeline.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;

class LeafTest {
    private static final Leaf LEAF = new Leaf(
            "example.com/ledger",
            41,
            new UUID(1, 2),
            "incident",
            "inc-1",
            3,
            "incident.declared",
            1,
            Instant.parse("2026-01-31T23:59:59.100Z"),
            Hash.ofText("{}"),
            Hash.ofText("{\"by\":\"ana\"}"),
            Leaf.NONE);

    @Test
    void the_form_is_written_out() {
        assertThat(LEAF.envelope())
                .isEqualTo("{\"aggregateType\":\"incident\",\"eventId\":\"00000000-0000-0001-0000-000000000002\","
                        + "\"index\":41,\"metadataHash\":\"" + Hash.ofText("{\"by\":\"ana\"}")
                        + "\",\"name\":\"incident.declared\",\"origin\":\"example.com/ledger\",\"payloadHash\":\""
                        + Hash.ofText("{}") + "\",\"previous\":\"" + "0".repeat(64)
                        + "\",\"recordedAt\":\"2026-01-31T23:59:59.100000Z\",\"revision\":1,\"sequence\":3,"
                        + "\"streamId\":\"inc-1\",\"v\":1}");
    }

    @Test
    void the_form_is_the_canonical_one_whatever_the_texts_are() throws IOException {
        var random = new Random(11);
        for (int i = 0; i < 2_000; i++) {
            var leaf = new Leaf(
                    text(random),
                    random.nextLong(1L << 53),
                    new UUID(random.nextLong(), random.nextLong()),
                    text(random),
                    text(random),
                    random.nextLong(1L << 53),
                    text(random),
                    1 + random.nextInt(1_000),
                    Instant.ofEpochSecond(random.nextLong(4_000_000_000L), 1_000L * random.nextInt(1_000_000)),
                    Hash.ofText(text(random)),
                    Hash.ofText(text(random)),
                    Hash.ofText(text(random)));

            assertThat(leaf.envelope()).isEqualTo(new JsonCanonicalizer(leaf.envelope()).getEncodedString());
        }
    }

    @Test
    void every_part_is_in_the_hash() {
        List<UnaryOperator<Leaf>> changes = List.of(
                l -> new Leaf(
                        "x",
                        l.index(),
                        l.eventId(),
                        l.aggregateType(),
                        l.streamId(),
                        l.sequence(),
                        l.name(),
                        l.revision(),
                        l.recordedAt(),
                        l.payloadHash(),
                        l.metadataHash(),
                        l.previous()),
                l -> new Leaf(
                        l.origin(),
                        42,
                        l.eventId(),
                        l.aggregateType(),
                        l.streamId(),
                        l.sequence(),
                        l.name(),
                        l.revision(),
                        l.recordedAt(),
                        l.payloadHash(),
                        l.metadataHash(),
                        l.previous()),
                l -> new Leaf(
                        l.origin(),
                        l.index(),
                        new UUID(1, 3),
                        l.aggregateType(),
                        l.streamId(),
                        l.sequence(),
                        l.name(),
                        l.revision(),
                        l.recordedAt(),
                        l.payloadHash(),
                        l.metadataHash(),
                        l.previous()),
                l -> new Leaf(
                        l.origin(),
                        l.index(),
                        l.eventId(),
                        "x",
                        l.streamId(),
                        l.sequence(),
                        l.name(),
                        l.revision(),
                        l.recordedAt(),
                        l.payloadHash(),
                        l.metadataHash(),
                        l.previous()),
                l -> new Leaf(
                        l.origin(),
                        l.index(),
                        l.eventId(),
                        l.aggregateType(),
                        "x",
                        l.sequence(),
                        l.name(),
                        l.revision(),
                        l.recordedAt(),
                        l.payloadHash(),
                        l.metadataHash(),
                        l.previous()),
                l -> new Leaf(
                        l.origin(),
                        l.index(),
                        l.eventId(),
                        l.aggregateType(),
                        l.streamId(),
                        4,
                        l.name(),
                        l.revision(),
                        l.recordedAt(),
                        l.payloadHash(),
                        l.metadataHash(),
                        l.previous()),
                l -> new Leaf(
                        l.origin(),
                        l.index(),
                        l.eventId(),
                        l.aggregateType(),
                        l.streamId(),
                        l.sequence(),
                        "x",
                        l.revision(),
                        l.recordedAt(),
                        l.payloadHash(),
                        l.metadataHash(),
                        l.previous()),
                l -> new Leaf(
                        l.origin(),
                        l.index(),
                        l.eventId(),
                        l.aggregateType(),
                        l.streamId(),
                        l.sequence(),
                        l.name(),
                        2,
                        l.recordedAt(),
                        l.payloadHash(),
                        l.metadataHash(),
                        l.previous()),
                l -> new Leaf(
                        l.origin(),
                        l.index(),
                        l.eventId(),
                        l.aggregateType(),
                        l.streamId(),
                        l.sequence(),
                        l.name(),
                        l.revision(),
                        l.recordedAt().plusNanos(1_000),
                        l.payloadHash(),
                        l.metadataHash(),
                        l.previous()),
                l -> new Leaf(
                        l.origin(),
                        l.index(),
                        l.eventId(),
                        l.aggregateType(),
                        l.streamId(),
                        l.sequence(),
                        l.name(),
                        l.revision(),
                        l.recordedAt(),
                        Hash.ofText("x"),
                        l.metadataHash(),
                        l.previous()),
                l -> new Leaf(
                        l.origin(),
                        l.index(),
                        l.eventId(),
                        l.aggregateType(),
                        l.streamId(),
                        l.sequence(),
                        l.name(),
                        l.revision(),
                        l.recordedAt(),
                        l.payloadHash(),
                        Hash.ofText("x"),
                        l.previous()),
                l -> new Leaf(
                        l.origin(),
                        l.index(),
                        l.eventId(),
                        l.aggregateType(),
                        l.streamId(),
                        l.sequence(),
                        l.name(),
                        l.revision(),
                        l.recordedAt(),
                        l.payloadHash(),
                        l.metadataHash(),
                        Hash.ofText("x")));

        assertThat(changes).hasSize(Leaf.class.getRecordComponents().length);
        assertThat(changes)
                .allSatisfy(change -> assertThat(change.apply(LEAF).hash()).isNotEqualTo(LEAF.hash()));
    }

    private static String text(Random random) {
        return random.ints(1 + random.nextInt(12), 1, 0x10FFFF)
                .filter(c -> c < 0xD800 || c > 0xDFFF)
                .map(c -> random.nextBoolean() ? c % 0x80 + 1 : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
