package org.incidenttimeline.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.incidenttimeline.core.log.Facts.append;
import static org.incidenttimeline.core.log.Facts.events;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.incidenttimeline.core.log.KeyChange.Take;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Receipts stand and fall with their events. */
@ParameterizedClass
@EnumSource(Database.class)
class ReceiptTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

    private final TestDatabase database;
    private EventLog log;

    ReceiptTest(Database kind) {
        database = TestDatabases.fresh(kind);
        log = EventLog.open(
                database.dataSource(), database.writerLock(), CLOCK, database.ledgerKeys(), database.sealingKey());
    }

    @AfterEach
    void close() {
        log.close();
        database.close();
    }

    private static Append kept(String key, String stream, long sequence, Integer... parts) {
        return kept(key, stream, sequence, List.of(), parts);
    }

    private static Append kept(String key, String stream, long sequence, List<KeyChange> names, Integer... parts) {
        Receipt receipt = new Receipt("ana", key, "f", List.of(parts));
        return new Append("incident", stream, sequence, events(receipt.events()), names, Optional.of(receipt));
    }

    @Test
    void a_receipt_tells_what_was_recorded_under_it() {
        log.append(append("a", 0, 2));
        Append append = kept("k", "a", 2, 2, 0, 1);
        Appended appended = log.append(append);
        log.append(append("a", 5));

        StoredReceipt found = log.findReceipt("ana", "k").orElseThrow();

        assertThat(found.receipt()).isEqualTo(append.receipt().orElseThrow());
        assertThat(found.streamId()).isEqualTo("a");
        assertThat(found.firstSequence()).isEqualTo(2);
        assertThat(found.position()).isEqualTo(appended.lastPosition()).isEqualTo(5);
        assertThat(found.recordedAt()).isEqualTo(NOON);
        assertThat(found.events())
                .isEqualTo(log.readStream("a", 0).subList(2, 5))
                .extracting(StoredEvent::eventId)
                .containsExactlyElementsOf(
                        append.events().stream().map(NewEvent::eventId).toList());
    }

    @Test
    void the_same_key_of_somebody_else_is_another_one() {
        log.append(kept("k", "a", 0, 1));

        assertThat(log.findReceipt("ben", "k")).isEmpty();
        assertThat(log.findReceipt("ana", "K")).isEmpty();
    }

    @Test
    void a_second_append_under_a_key_is_refused_and_writes_nothing() {
        log.append(kept("k", "a", 0, 1));

        assertThatExceptionOfType(ReceiptExists.class).isThrownBy(() -> log.append(kept("k", "a", 1, 1)));
        assertThatExceptionOfType(ReceiptExists.class).isThrownBy(() -> log.append(kept("k", "b", 0, 1)));
        assertThatExceptionOfType(ReceiptExists.class).isThrownBy(() -> log.append(kept("k", "c", 0, 0)));

        assertThat(log.head()).isEqualTo(1);
        assertThat(log.findReceipt("ana", "k").orElseThrow().streamId()).isEqualTo("a");
    }

    @Test
    void an_append_that_is_refused_leaves_no_receipt() {
        log.append(append("a", 0, new Take("dedup", "disk-full")));

        assertThatExceptionOfType(StreamConflict.class).isThrownBy(() -> log.append(kept("k", "a", 0, 1)));
        assertThatExceptionOfType(KeyTaken.class)
                .isThrownBy(() -> log.append(kept("k", "b", 0, List.of(new Take("dedup", "disk-full")), 1)));

        assertThat(log.findReceipt("ana", "k")).isEmpty();
        assertThat(log.append(kept("k", "a", 1, 1)).lastPosition()).isEqualTo(2);
    }

    @Test
    void events_whose_receipt_is_refused_give_no_name_away() {
        log.append(kept("k", "a", 0, 1));

        assertThatExceptionOfType(ReceiptExists.class)
                .isThrownBy(() -> log.append(kept("k", "b", 0, List.of(new Take("dedup", "disk-full")), 1)));

        assertThat(log.append(append("c", 0, new Take("dedup", "disk-full"))).lastPosition())
                .isEqualTo(2);
    }

    @Test
    void a_receipt_without_events_is_kept_and_claims_nothing_of_its_stream() {
        log.append(append("a", 0, 3));

        Appended appended = log.append(kept("k", "a", 1, 0));

        assertThat(appended.lastPosition()).isEqualTo(3);
        assertThat(appended.firstPosition()).isEqualTo(4);
        StoredReceipt found = log.findReceipt("ana", "k").orElseThrow();
        assertThat(found.events()).isEmpty();
        assertThat(found.firstSequence()).isEqualTo(1);
        assertThat(log.head()).isEqualTo(3);
    }

    @Test
    void in_a_group_only_the_appends_that_clash_with_a_receipt_are_refused() {
        log.append(kept("taken", "a", 0, 1));

        List<Object> answers = together(
                append("b", 0),
                kept("taken", "c", 0, 1),
                kept("k", "d", 0, 2),
                kept("k", "d", 2, 1),
                kept("k", "e", 0, 1),
                kept("empty", "d", 0, 0),
                kept("empty", "d", 0, 0),
                append("d", 2));

        assertThat(answers)
                .extracting(Object::getClass)
                .map(Class::getSimpleName)
                .containsExactly(
                        "Appended",
                        "ReceiptExists",
                        "Appended",
                        "ReceiptExists",
                        "ReceiptExists",
                        "Appended",
                        "ReceiptExists",
                        "Appended");
        assertThat(log.readAfter(1, 10)).extracting(StoredEvent::streamId).containsExactly("b", "d", "d", "d");
        assertThat(log.findReceipt("ana", "k").orElseThrow().events()).hasSize(2);
        assertThat(log.findReceipt("ana", "empty")).isPresent();
    }

    @Test
    void in_a_group_that_is_written_at_once_each_receipt_has_its_own_position() {
        List<Object> answers =
                together(append("a", 0, 2), kept("one", "b", 0, 3), kept("none", "b", 3, 0), kept("two", "c", 0, 1));

        assertThat(answers)
                .containsExactly(
                        new Appended(1, 2, NOON, Optional.empty()),
                        new Appended(3, 5, NOON, Optional.empty()),
                        new Appended(6, 5, NOON, Optional.empty()),
                        new Appended(6, 6, NOON, Optional.empty()));
        assertThat(List.of("one", "none", "two").stream()
                        .map(key -> log.findReceipt("ana", key).orElseThrow().position()))
                .containsExactly(5L, 5L, 6L);
    }

    /** Writes the appends in one group and says what became of each. */
    private List<Object> together(Append... appends) {
        log.close();
        GroupWriter writer = new GroupWriter(
                database.dataSource(),
                database.kind(),
                CLOCK,
                database.ledgerKeys(),
                database.sealingKey().fingerprint());
        List<Answer> answers = writer.write(List.of(appends));
        writer.close();
        log = EventLog.open(
                database.dataSource(), database.writerLock(), CLOCK, database.ledgerKeys(), database.sealingKey());
        return answers.stream()
                .<Object>map(answer -> switch (answer) {
                    case Answer.Done(Appended appended) -> Facts.placeless(appended);
                    case Answer.Refused(LogFailure reason) -> reason;
                })
                .toList();
    }

    @Test
    void of_writers_that_race_for_a_key_exactly_one_is_recorded() throws Exception {
        int rounds = 20;
        // An H2 database has one log; PostgreSQL is shared by two.
        EventLog other = database.kind() == Database.H2
                ? log
                : EventLog.open(
                        database.dataSource(),
                        database.writerLock(),
                        CLOCK,
                        database.ledgerKeys(),
                        database.sealingKey());
        for (int round = 0; round < rounds; round++) {
            String key = "k" + round;
            List<Object> answers = inParallel(IntStream.range(0, 8)
                    .<Callable<Object>>mapToObj(writer -> () -> {
                        try {
                            return (writer % 2 == 0 ? log : other).append(kept(key, key + "-" + writer, 0, 1));
                        } catch (ReceiptExists exists) {
                            return exists;
                        }
                    })
                    .toList());
            assertThat(answers).filteredOn(Appended.class::isInstance).hasSize(1);
        }
        assertThat(log.head()).isEqualTo(rounds);
        if (other != log) {
            other.close();
        }
    }

    @Test
    void receipts_outlive_the_process_and_are_forgotten_when_they_are_old() {
        log.append(kept("old", "a", 0, 1));
        log.append(kept("older", "b", 0, 1));
        log.close();
        log = EventLog.open(
                database.dataSource(),
                database.writerLock(),
                Clock.fixed(NOON.plus(Duration.ofDays(1)), ZoneOffset.UTC),
                database.ledgerKeys(),
                database.sealingKey());
        log.append(kept("new", "c", 0, 1));
        assertThat(log.findReceipt("ana", "old")).isPresent();

        Instant before = NOON.plusSeconds(1);
        assertThat(log.forgetReceipts(before, 1)).isEqualTo(1);
        assertThat(log.forgetReceipts(before, 100)).isEqualTo(1);
        assertThat(log.forgetReceipts(before, 100)).isZero();

        assertThat(log.findReceipt("ana", "old")).isEmpty();
        assertThat(log.findReceipt("ana", "older")).isEmpty();
        assertThat(log.findReceipt("ana", "new")).isPresent();
        assertThat(log.append(kept("old", "a", 1, 1)).lastPosition()).isEqualTo(4);
    }

    @Test
    void a_receipt_counts_the_events_of_its_append() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Append(
                        "incident",
                        "a",
                        0,
                        events(2),
                        List.of(),
                        Optional.of(new Receipt("ana", "k", "f", List.of(1)))));
        assertThatIllegalArgumentException().isThrownBy(() -> new Receipt("ana", "k", "f", List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Receipt("ana", "k", "f", List.of(-1, 2)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Receipt("ana", "", "f", List.of(1)));
    }

    private static <T> List<T> inParallel(List<Callable<T>> tasks) throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> results = new ArrayList<>();
            for (Future<T> result : callers.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        }
    }
}
