package org.incidenttimeline.core.axon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventUtils;
import org.erdtman.jcs.JsonCanonicalizer;
import org.incidenttimeline.core.event.DomainEvent;
import org.incidenttimeline.core.incident.EventSamples;
import org.incidenttimeline.core.log.StoredEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The shapes that the log has ever stored, a file for each name and revision. A file is never changed: it stands for
 * rows that nobody can change. {@code -Dgolden.update=true} writes those that are missing.
 */
class GoldenEventsTest {
    private static final Path FOLDER = Path.of("src/test/resources/events");
    private static final Path SUMS = FOLDER.resolve("SHA256SUMS");

    private final EventSerializer serializer = DomainEventTypes.serializer();

    static Stream<DomainEvent> samples() {
        return EventSamples.all().stream();
    }

    @Test
    void there_is_a_sample_of_every_event() {
        assertThat(samples().map(Object::getClass).distinct().toArray())
                .containsExactlyInAnyOrder(EventSamples.types().toArray());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void an_event_is_stored_in_the_shape_of_its_golden_file(DomainEvent sample) throws IOException {
        var stored = serializer.serialize(sample, String.class);
        var file = FOLDER.resolve(
                stored.getType().getName() + "." + stored.getType().getRevision() + suffix(sample) + ".json");
        if (Boolean.getBoolean("golden.update") && Files.notExists(file)) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, stored.getData() + "\n");
            writeSums();
        }

        assertThat(file).hasContent(stored.getData());
        assertThat(stored.getData())
                .as("canonical by RFC 8785")
                .isEqualTo(new JsonCanonicalizer(stored.getData()).getEncodedString());
        DomainEvent read = serializer.deserialize(stored);
        assertThat(read).isEqualTo(sample);
    }

    @Test
    void there_is_a_golden_file_of_every_revision() throws IOException {
        var files = goldenFiles().stream().map(f -> f.getFileName().toString()).toList();

        assertThat(DomainEventTypes.types().entries())
                .allSatisfy(type -> assertThat(files)
                        .containsAll(IntStream.rangeClosed(1, type.revision())
                                .mapToObj(revision -> type.name() + "." + revision + ".json")
                                .toList()));
    }

    /** A file of an older revision is read through the upcasters, and is then written in the shape of today. */
    @Test
    void every_golden_file_is_still_read() throws IOException {
        for (var file : goldenFiles()) {
            var parts = file.getFileName().toString().split("\\.", -1);
            var name = parts[0] + "." + parts[1];
            var revision = Integer.parseInt(parts[2].replace("-bare", ""));
            var payload = Files.readString(file).strip();

            var event = read(name, revision, payload);

            assertThat(event).isInstanceOf(DomainEvent.class);
            var written = serializer.serialize(event, String.class);
            assertThat(written.getType().getName()).isEqualTo(name);
            assertThat(!written.getType().getRevision().equals(Integer.toString(revision))
                            || written.getData().equals(payload))
                    .as("%s is written as it was read", file)
                    .isTrue();
        }
    }

    private Object read(String name, int revision, String payload) {
        var stored = new StoredEvent(
                1, new UUID(0, 1), "IncidentAggregate", "inc-1", 0, name, revision, Instant.EPOCH, payload, "{}");
        return EventUtils.upcastAndDeserializeTrackedEvents(
                        Stream.of(new StoredEventData(stored)), serializer, DomainEventTypes.upcasters())
                .findFirst()
                .orElseThrow()
                .getPayload();
    }

    @Test
    void no_golden_file_was_changed_or_removed() throws Exception {
        assertThat(String.join("\n", Files.readAllLines(SUMS))).isEqualTo(sums());
    }

    /** A file for the shape with everything in it, and one for the shape without what may be absent. */
    private static String suffix(DomainEvent sample) {
        return EventSamples.isBare(sample) ? "-bare" : "";
    }

    private static List<Path> goldenFiles() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files.filter(f -> f.toString().endsWith(".json")).sorted().toList();
        }
    }

    private static void writeSums() throws IOException {
        Files.writeString(SUMS, sums() + "\n");
    }

    private static String sums() throws IOException {
        Map<String, String> sums = new TreeMap<>();
        for (var file : goldenFiles()) {
            sums.put(file.getFileName().toString(), sha256(Files.readString(file)));
        }
        var lines = new ArrayList<String>();
        sums.forEach((name, sum) -> lines.add(sum + "  " + name));
        return String.join("\n", lines);
    }

    private static String sha256(String text) {
        try {
            var digest = java.security.MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
