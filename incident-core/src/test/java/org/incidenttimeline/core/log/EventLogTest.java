package org.incidenttimeline.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.incidenttimeline.core.log.Facts.append;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.incidenttimeline.core.log.KeyChange.Release;
import org.incidenttimeline.core.log.KeyChange.ReleaseAll;
import org.incidenttimeline.core.log.KeyChange.Take;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class EventLogTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456789Z");

    private final TestDatabase database;
    private EventLog log;

    EventLogTest(Database kind) {
        database = TestDatabases.fresh(kind);
        log = open(Clock.fixed(NOON, ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        log.close();
        database.close();
    }

    private EventLog open(Clock clock) {
        return EventLog.open(
                database.dataSource(), database.writerLock(), clock, database.ledgerKeys(), database.sealingKey());
    }

    @Test
    void an_empty_log_has_head_zero_and_no_streams() {
        assertThat(log.head()).isZero();
        assertThat(log.readAfter(0, 10)).isEmpty();
        assertThat(log.readStream("a", 0)).isEmpty();
        assertThat(log.streamVersion("a")).isEmpty();
    }

    @Test
    void what_is_appended_is_read_back_as_it_was() {
        Append append = append("a", 0, 2);

        Appended appended = log.append(append);

        assertThat(Facts.placeless(appended))
                .isEqualTo(new Appended(1, 2, Instant.parse("2026-03-01T12:00:00.123456Z"), Optional.empty()));
        assertThat(log.readStream("a", 0)).isEqualTo(log.readAfter(0, 10)).hasSize(2);
        assertThat(log.readStream("a", 1)).singleElement().isEqualTo(stored(append, appended, 1));
        assertThat(log.readAfter(0, 1)).singleElement().isEqualTo(stored(append, appended, 0));
        assertThat(log.head()).isEqualTo(2);
        assertThat(log.streamVersion("a")).hasValue(1);
    }

    private static StoredEvent stored(Append append, Appended appended, int index) {
        NewEvent event = append.events().get(index);
        return new StoredEvent(
                appended.firstPosition() + index,
                event.eventId(),
                append.aggregateType(),
                append.streamId(),
                append.firstSequence() + index,
                event.name(),
                event.revision(),
                appended.recordedAt(),
                event.payload(),
                event.metadata());
    }

    @Test
    void a_taken_sequence_is_a_conflict_and_writes_nothing() {
        log.append(append("a", 0, 2));

        assertThatExceptionOfType(StreamConflict.class)
                .isThrownBy(() -> log.append(append("a", 1, 2)))
                .satisfies(conflict -> assertThat(conflict.sequence()).isEqualTo(1));

        assertThat(log.head()).isEqualTo(2);
        assertThat(log.append(append("a", 2)).firstPosition()).isEqualTo(3);
    }

    @Test
    void a_sequence_that_would_leave_a_gap_in_its_stream_is_a_conflict() {
        log.append(append("a", 0));

        assertThatExceptionOfType(StreamConflict.class).isThrownBy(() -> log.append(append("a", 2)));
        assertThatExceptionOfType(StreamConflict.class).isThrownBy(() -> log.append(append("b", 1)));

        assertThat(log.head()).isEqualTo(1);
    }

    @Test
    void an_event_id_is_recorded_once() {
        Append first = append("a", 0);
        log.append(first);

        assertThatExceptionOfType(DuplicateEvent.class)
                .isThrownBy(() -> log.append(new Append("incident", "b", 0, first.events(), List.of())));

        assertThat(log.head()).isEqualTo(1);
    }

    @Test
    void a_key_is_held_by_one_stream_until_it_is_released() {
        log.append(append("a", 0, new Take("dedup", "disk-full")));
        log.append(append("a", 1, new Take("dedup", "disk-full")));
        log.append(append("b", 0, new Take("other scope", "disk-full")));

        assertThatExceptionOfType(KeyTaken.class)
                .isThrownBy(() -> log.append(append("c", 0, new Take("dedup", "disk-full"))))
                .satisfies(taken -> assertThat(taken.holder()).isEqualTo("a"));
        assertThat(log.readStream("c", 0)).isEmpty();

        log.append(append("a", 2, new Release("dedup", "disk-full")));
        log.append(append("c", 0, new Take("dedup", "disk-full"), new Take("dedup", "cpu")));
        log.append(append("c", 1, new ReleaseAll("dedup")));
        log.append(append("d", 0, new Take("dedup", "disk-full"), new Take("dedup", "cpu")));
        assertThat(log.head()).isEqualTo(7);
    }

    @Test
    void releasing_a_key_of_another_stream_changes_nothing() {
        log.append(append("a", 0, new Take("dedup", "disk-full")));
        log.append(append("b", 0, new Release("dedup", "disk-full"), new ReleaseAll("dedup")));

        assertThatExceptionOfType(KeyTaken.class)
                .isThrownBy(() -> log.append(append("c", 0, new Take("dedup", "disk-full"))));
    }

    @Test
    void a_key_of_a_refused_append_is_not_taken() {
        log.append(append("a", 0));

        assertThatExceptionOfType(StreamConflict.class)
                .isThrownBy(() -> log.append(append("a", 0, new Take("dedup", "disk-full"))));

        log.append(append("b", 0, new Take("dedup", "disk-full")));
    }

    @Test
    void the_time_of_recording_never_goes_back() {
        Instant noon = log.append(append("a", 0)).recordedAt();
        try (EventLog behind = open(Clock.fixed(NOON.minus(Duration.ofHours(2)), ZoneOffset.UTC))) {
            assertThat(behind.append(append("b", 0)).recordedAt()).isEqualTo(noon);
        }
        try (EventLog ahead = open(Clock.fixed(NOON.plus(Duration.ofHours(2)), ZoneOffset.UTC))) {
            assertThat(ahead.append(append("c", 0)).recordedAt()).isEqualTo(noon.plus(Duration.ofHours(2)));
            assertThat(ahead.positionBefore(noon)).isZero();
            assertThat(ahead.positionBefore(noon.plusNanos(1000))).isEqualTo(2);
            assertThat(ahead.positionBefore(Instant.MAX)).isEqualTo(3);
        }
    }

    @Test
    void in_a_group_only_the_appends_that_clash_are_refused() {
        log.append(append("taken", 0));
        log.append(append("holder", 0, new Take("dedup", "disk-full")));

        List<Object> answers = together(
                append("a", 0),
                append("taken", 0),
                append("b", 0, new Take("dedup", "disk-full")),
                append("a", 1),
                append("a", 0),
                append("c", 0, new Take("dedup", "cpu")),
                append("d", 0, new Take("dedup", "cpu")));

        assertThat(answers.get(0)).isInstanceOf(Appended.class);
        assertThat(answers.get(1)).isInstanceOf(StreamConflict.class);
        assertThat(answers.get(2)).isInstanceOf(KeyTaken.class);
        assertThat(answers.get(3)).isInstanceOf(Appended.class);
        assertThat(answers.get(4)).isInstanceOf(StreamConflict.class);
        assertThat(answers.get(5)).isInstanceOf(Appended.class);
        assertThat(answers.get(6)).isInstanceOf(KeyTaken.class);
        assertThat(log.readAfter(2, 10)).extracting(StoredEvent::streamId).containsExactly("a", "a", "c");
        assertThat(log.head()).isEqualTo(5);
    }

    @Test
    void in_a_group_without_a_clash_with_the_table_all_share_one_time() {
        List<Object> answers = together(append("a", 0), append("b", 0, 2), append("a", 1), append("a", 1));

        Instant recordedAt = Instant.parse("2026-03-01T12:00:00.123456Z");
        assertThat(answers.subList(0, 3))
                .containsExactly(
                        new Appended(1, 1, recordedAt, Optional.empty()),
                        new Appended(2, 3, recordedAt, Optional.empty()),
                        new Appended(4, 4, recordedAt, Optional.empty()));
        assertThat(answers.get(3)).isInstanceOf(StreamConflict.class);
    }

    /** Writes the appends in one group and says what became of each. */
    private List<Object> together(Append... appends) {
        log.close();
        GroupWriter writer = new GroupWriter(
                database.dataSource(),
                database.kind(),
                Clock.fixed(NOON, ZoneOffset.UTC),
                database.ledgerKeys(),
                database.sealingKey().fingerprint());
        List<Answer> answers = writer.write(List.of(appends));
        writer.close();
        log = open(Clock.fixed(NOON, ZoneOffset.UTC));
        return answers.stream()
                .<Object>map(answer -> switch (answer) {
                    case Answer.Done(Appended appended) -> Facts.placeless(appended);
                    case Answer.Refused(LogFailure reason) -> reason;
                })
                .toList();
    }

    @Test
    void concurrent_writers_leave_no_gap_in_the_log_or_in_any_stream() throws Exception {
        int writers = 16;
        int appends = 40;
        List<List<Appended>> acknowledged = inParallel(IntStream.range(0, writers)
                .<Callable<List<Appended>>>mapToObj(writer -> () -> {
                    List<Appended> mine = new ArrayList<>();
                    for (int i = 0; i < appends; i++) {
                        mine.add(log.append(append("stream" + writer, i)));
                    }
                    return mine;
                })
                .toList());

        List<StoredEvent> events = log.readAfter(0, 10_000);
        assertThat(events)
                .extracting(StoredEvent::position)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, (long) writers * appends)
                        .boxed()
                        .toList());
        assertThat(acknowledged.stream().flatMap(List::stream).map(Appended::firstPosition))
                .doesNotHaveDuplicates()
                .hasSize(writers * appends);
        for (int writer = 0; writer < writers; writer++) {
            assertThat(log.readStream("stream" + writer, 0))
                    .extracting(StoredEvent::sequence)
                    .containsExactlyElementsOf(
                            LongStream.range(0, appends).boxed().toList());
        }
    }

    @Test
    void of_writers_that_race_for_a_sequence_exactly_one_gets_it() throws Exception {
        int rounds = 20;
        for (int round = 0; round < rounds; round++) {
            int sequence = round;
            List<Object> answers = inParallel(IntStream.range(0, 8)
                    .<Callable<Object>>mapToObj(_ -> () -> {
                        try {
                            return log.append(append("contended", sequence));
                        } catch (StreamConflict conflict) {
                            return conflict;
                        }
                    })
                    .toList());
            assertThat(answers).filteredOn(Appended.class::isInstance).hasSize(1);
        }
        assertThat(log.readStream("contended", 0)).hasSize(rounds);
        assertThat(log.head()).isEqualTo(rounds);
    }

    @Test
    void a_closed_log_has_written_what_waited_and_refuses_more() throws Exception {
        List<Future<Appended>> waiting = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                String stream = "s" + i;
                waiting.add(callers.submit(() -> log.append(append(stream, 0))));
            }
            log.close();
        }

        long written = waiting.stream()
                .filter(answer -> answer.state() == Future.State.SUCCESS)
                .count();
        assertThat(waiting)
                .filteredOn(answer -> answer.state() == Future.State.FAILED)
                .allSatisfy(answer -> assertThat(answer.exceptionNow()).isInstanceOf(LogUnavailable.class));
        assertThat(log.head()).isEqualTo(written);
        assertThatExceptionOfType(LogUnavailable.class).isThrownBy(() -> log.append(append("late", 0)));
    }

    @Test
    void an_interrupted_caller_learns_that_its_outcome_is_unknown_or_that_nothing_was_written() throws Exception {
        Thread.currentThread().interrupt();
        Throwable failure = catchThrowable(() -> log.append(append("a", 0)));

        assertThat(Thread.interrupted()).isTrue();
        log.append(append("b", 0));
        switch (failure) {
            case LogUnavailable _ -> assertThat(log.readStream("a", 0)).isEmpty();
            case OutcomeUnknown _ -> assertThat(log.head()).isBetween(1L, 2L);
            case null, default -> assertThat(log.readStream("a", 0)).hasSize(1);
        }
    }

    @Test
    void an_append_under_the_writer_lock_is_refused_instead_of_waiting_for_itself() {
        database.writerLock().acquire();
        try {
            if (database.kind() == Database.H2) {
                assertThatIllegalStateException().isThrownBy(() -> log.append(append("a", 0)));
            } else {
                assertThat(log.append(append("a", 0)).lastPosition()).isEqualTo(1);
            }
        } finally {
            database.writerLock().release();
        }
    }

    @Test
    void a_missing_position_is_damage_and_not_skipped() {
        log.append(append("a", 0, 3));
        database.tamper("delete from log.event where position = 2");

        assertThatIllegalStateException()
                .isThrownBy(() -> log.readAfter(0, 10))
                .withMessageContaining("position 2 is missing");
    }

    @Test
    void a_broken_table_makes_the_log_unavailable_and_it_recovers() {
        database.execute("alter table log.log_head rename to log_head_away");
        assertThatExceptionOfType(LogUnavailable.class).isThrownBy(() -> log.append(append("a", 0)));
        assertThatExceptionOfType(LogUnavailable.class).isThrownBy(log::head);

        database.execute("alter table log.log_head_away rename to log_head");
        assertThat(log.append(append("a", 0)).lastPosition()).isEqualTo(1);
    }

    @Test
    void an_append_has_limits() {
        assertThatIllegalArgumentException().isThrownBy(() -> append("a", 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> append("a", 0, Append.MAX_EVENTS + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> append("a", -1));
        assertThatIllegalArgumentException().isThrownBy(() -> append("nul\0", 0));
        assertThatIllegalArgumentException().isThrownBy(() -> append("half \ud83d a pair", 0));
        assertThatIllegalArgumentException().isThrownBy(() -> append("x".repeat(256), 0));

        assertThat(log.append(append("🚒".repeat(127), 0, Append.MAX_EVENTS)).lastPosition())
                .isEqualTo(Append.MAX_EVENTS);
    }

    private static <T> List<T> inParallel(List<Callable<T>> tasks) throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> results = new ArrayList<>();
            for (Future<T> result : callers.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        }
    }
}
