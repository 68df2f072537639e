package org.incidenttimeline.core.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.incidenttimeline.core.command.Accepted;
import org.incidenttimeline.core.command.BatchAccepted;
import org.incidenttimeline.core.command.BatchRefused;
import org.incidenttimeline.core.command.CommandBatch;
import org.incidenttimeline.core.command.CommandBatch.Given;
import org.incidenttimeline.core.command.IncidentCommand;
import org.incidenttimeline.core.command.NotAccepted;
import org.incidenttimeline.core.command.NotAccepted.Reason;
import org.incidenttimeline.core.command.RetryKey;
import org.incidenttimeline.core.event.DomainEvent;
import org.incidenttimeline.core.event.EventCatalogue;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.core.incident.Commands;
import org.incidenttimeline.core.incident.Refusal;
import org.incidenttimeline.core.incident.RefusedException;
import org.incidenttimeline.core.incident.Story;
import org.incidenttimeline.core.incident.WholeRhythm;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Commands that are handed in together, and commands that are handed in again. */
@ParameterizedClass
@EnumSource(Database.class)
class BatchTest {
    private static final Clock CLOCK = Clock.fixed(Story.NOW, ZoneOffset.UTC);
    private static final RetryKey KEY = new RetryKey("ana", "k-1", "f-1");

    private final TestDatabase database;
    private final Node node;

    BatchTest(Database kind) {
        database = TestDatabases.fresh(kind);
        node = new Node(database, CLOCK);
    }

    @AfterEach
    void close() {
        node.close();
        database.close();
    }

    private static CommandBatch batch(IncidentCommand... commands) {
        return batch(OptionalLong.empty(), Optional.empty(), commands);
    }

    private static CommandBatch keyed(RetryKey key, IncidentCommand... commands) {
        return batch(OptionalLong.empty(), Optional.of(key), commands);
    }

    private static CommandBatch batch(
            OptionalLong expectedVersion, Optional<RetryKey> key, IncidentCommand... commands) {
        return new CommandBatch(
                IntStream.range(0, commands.length)
                        .mapToObj(i -> new Given(commands[i], Node.ANA.ofCommand("command-" + i)))
                        .toList(),
                expectedVersion,
                key);
    }

    private List<RecordedEvent> history() {
        return node.history().of(Story.ID);
    }

    private List<String> kinds() {
        return history().stream()
                .map(RecordedEvent::event)
                .map(EventCatalogue::kindOf)
                .toList();
    }

    @Test
    void each_command_is_decided_on_what_the_ones_before_it_lead_to() {
        var accepted = node.desk()
                .submit(batch(Story.declare(), Commands.freezeAll(), Commands.pinDeclaration(), Commands.liftFreeze()));

        assertThat(accepted.parts()).containsExactly(1, 1, 1, 1);
        assertThat(accepted.accepted().version()).isEqualTo(4);
        assertThat(accepted.accepted().position()).hasValue(4);
        assertThat(kinds()).containsExactly("declared", "changes-frozen", "entry-pinned", "freeze-lifted");
        assertThat(history())
                .extracting(event -> event.provenance().commandId())
                .containsExactly("command-0", "command-1", "command-2", "command-3");
        assertThat(node.log().readAfter(0, 10))
                .extracting(stored -> stored.recordedAt())
                .containsOnly(Story.NOW);
    }

    @Test
    void the_whole_rhythm_is_the_same_told_at_once() {
        var one = new ArrayList<DomainEvent>();
        for (var command : WholeRhythm.commands()) {
            one.addAll(node.tell(command).events());
        }
        try (var other = TestDatabases.fresh(database.kind());
                var there = new Node(other, CLOCK)) {
            var accepted = there.desk().submit(batch(WholeRhythm.commands().toArray(IncidentCommand[]::new)));

            assertThat(accepted.accepted().events()).isEqualTo(one);
            assertThat(there.history().of(Story.ID))
                    .extracting(RecordedEvent::event)
                    .isEqualTo(one);
            assertThat(accepted.eventsOfEach().stream().flatMap(List::stream)).isEqualTo(one);
        }
    }

    @Test
    void a_refusal_names_its_command_and_nothing_is_recorded() {
        node.tell(Story.declare());

        var refused = catchThrowableOfType(
                BatchRefused.class,
                () -> node.desk()
                        .submit(batch(
                                Commands.note(), Commands.freezeAll(), Commands.liftFreeze(), Commands.liftFreeze())));

        assertThat(refused.index()).isEqualTo(3);
        assertThat(refused.refusal().refusal()).isEqualTo(Refusal.FREEZE_NOT_ON);
        assertThat(kinds()).containsExactly("declared");
        assertThat(node.tell(Commands.note()).version()).isEqualTo(2);
    }

    @Test
    void commands_for_no_incident_are_refused() {
        for (var commands : List.of(batch(Commands.note()), batch(Commands.note(), Commands.note()))) {
            var refused =
                    catchThrowableOfType(BatchRefused.class, () -> node.desk().submit(commands));

            assertThat(refused.index()).isZero();
            assertThat(refused.refusal().refusal()).isEqualTo(Refusal.INCIDENT_NOT_DECLARED);
        }
        assertThat(node.log().head()).isZero();
        node.tell(Story.declare());
    }

    @Test
    void the_version_is_checked_once_before_the_first_command() {
        node.tell(Story.declare());

        var moved = catchThrowableOfType(
                NotAccepted.class,
                () -> node.desk()
                        .submit(batch(OptionalLong.of(2), Optional.empty(), Commands.note(), Commands.note())));
        var accepted =
                node.desk().submit(batch(OptionalLong.of(1), Optional.empty(), Commands.note(), Commands.note()));

        assertThat(moved.reason()).isEqualTo(Reason.VERSION_MOVED);
        assertThat(accepted.accepted().version()).isEqualTo(3);
    }

    @Test
    void a_name_that_is_taken_and_given_back_within_a_batch_stays_free() {
        node.desk().submit(batch(Commands.declareWithKey("first", "alert-7"), Commands.cancel("first")));

        assertThat(node.tell(Commands.declareWithKey("second", "alert-7")).version())
                .isEqualTo(1);
    }

    @Test
    void a_batch_is_for_one_incident_and_has_a_size() {
        assertThatIllegalArgumentException().isThrownBy(BatchTest::batch);
        assertThatIllegalArgumentException().isThrownBy(() -> batch(Commands.note("a"), Commands.note("b")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> batch(Collections.nCopies(CommandBatch.MOST_COMMANDS + 1, Commands.note())
                        .toArray(IncidentCommand[]::new)));
    }

    @Test
    void what_is_asked_again_under_its_key_is_told_again_and_not_done_again() {
        var commands = keyed(KEY, Story.declare(), Commands.proposePrimary(), Commands.freezeAll());
        var first = node.desk().submit(commands);
        node.tell(Commands.liftFreeze());

        var again = node.desk().submit(commands);

        assertThat(first.replayed()).isFalse();
        assertThat(again).isEqualTo(new BatchAccepted(first.streamId(), told(first), first.parts(), true));
        assertThat(again.parts()).containsExactly(1, 2, 1);
        assertThat(history()).hasSize(5);
    }

    @Test
    void a_key_outlives_the_process() {
        var first = node.desk().submit(keyed(KEY, Story.declare()));
        node.close();

        try (var restarted = new Node(database, CLOCK)) {
            var again = restarted.desk().submit(keyed(KEY, Story.declare()));

            assertThat(again.replayed()).isTrue();
            assertThat(again.accepted()).isEqualTo(told(first));
        }
    }

    /** What is told again: what was recorded, and not which tree it made then. */
    private static Accepted told(BatchAccepted batch) {
        var accepted = batch.accepted();
        return new Accepted(accepted.version(), accepted.position(), accepted.events());
    }

    @Test
    void something_else_under_the_same_key_is_refused() {
        node.desk().submit(keyed(KEY, Story.declare()));

        var reused = catchThrowableOfType(
                NotAccepted.class, () -> node.desk().submit(keyed(new RetryKey("ana", "k-1", "f-2"), Commands.note())));
        var others = node.desk().submit(keyed(new RetryKey("ben", "k-1", "f-2"), Commands.note()));

        assertThat(reused.reason()).isEqualTo(Reason.IDEMPOTENCY_KEY_REUSED);
        assertThat(others.replayed()).isFalse();
        assertThat(history()).hasSize(2);
    }

    @Test
    void a_refusal_leaves_no_receipt() {
        assertThatExceptionOfType(BatchRefused.class)
                .isThrownBy(() -> node.desk().submit(keyed(KEY, Commands.note())));
        assertThatExceptionOfType(NotAccepted.class)
                .isThrownBy(() -> node.desk().submit(batch(OptionalLong.of(7), Optional.of(KEY), Story.declare())));

        assertThat(node.log().findReceipt("ana", "k-1")).isEmpty();
        assertThat(node.desk().submit(keyed(KEY, Story.declare())).replayed()).isFalse();
    }

    @Test
    void a_command_that_changed_nothing_leaves_a_receipt() {
        node.tell(Story.declare());
        node.tell(Commands.pinDeclaration());
        var first = node.desk().submit(keyed(KEY, Commands.pinDeclaration()));
        node.tell(Commands.unpinDeclaration());

        var again = node.desk().submit(keyed(KEY, Commands.pinDeclaration()));

        assertThat(first.accepted().events()).isEmpty();
        assertThat(again.replayed()).isTrue();
        assertThat(again.accepted()).isEqualTo(first.accepted());
        assertThat(kinds()).containsExactly("declared", "entry-pinned", "entry-unpinned");
    }

    @Test
    void a_declaration_that_is_asked_again_tells_of_the_first_incident() {
        var first = node.desk().submit(keyed(KEY, Commands.declareWithKey("one", "alert-7")));

        var again = node.desk().submit(keyed(KEY, Commands.declareWithKey("two", "alert-7")));

        assertThat(again.streamId()).isEqualTo(first.streamId()).isEqualTo("one");
        assertThat(node.history().of(new IncidentId("two"))).isEmpty();
    }

    @Test
    void of_copies_that_come_at_the_same_time_one_is_recorded_and_all_are_told_the_same() throws Exception {
        // H2 has one node; PostgreSQL is shared by two, which do not know of each other's caches.
        var other = database.kind() == Database.H2 ? node : new Node(database, CLOCK);
        node.tell(Story.declare());
        for (int round = 0; round < 20; round++) {
            var key = new RetryKey("ana", "race-" + round, "f");
            // The second command succeeds once and is refused from then on, whoever decides it.
            var commands = keyed(key, Commands.note(), Commands.freezeAll());
            var answers = atOnce(IntStream.range(0, 6)
                    .<Callable<BatchAccepted>>mapToObj(caller ->
                            () -> (caller % 2 == 0 ? node : other).desk().submit(commands))
                    .toList());

            assertThat(answers).filteredOn(answer -> !answer.replayed()).hasSize(1);
            assertThat(answers).extracting(BatchTest::told).containsOnly(told(answers.getFirst()));
        }
        assertThat(history()).hasSize(1 + 20 * 2);
        if (other != node) {
            other.close();
        }
    }

    @Test
    void a_copy_whose_twin_made_the_refusal_is_told_what_the_twin_was() throws Exception {
        var other = database.kind() == Database.H2 ? node : new Node(database, CLOCK);
        node.tell(Story.declare());
        for (int round = 1; round <= 10; round++) {
            node.tell(Commands.freezeAll());
            var lift = keyed(new RetryKey("ana", "lift-" + round, "f"), Commands.liftNumber(round));
            var answers = atOnce(List.<Callable<BatchAccepted>>of(
                    () -> node.desk().submit(lift),
                    () -> other.desk().submit(lift),
                    () -> node.desk().submit(lift)));

            assertThat(answers).extracting(BatchTest::told).containsOnly(told(answers.getFirst()));
            var refused = catchThrowableOfType(RefusedException.class, () -> node.tell(Commands.liftNumber(1)));
            assertThat(refused.refusal()).isEqualTo(Refusal.FREEZE_NOT_ON);
        }
        assertThat(history()).hasSize(1 + 10 * 2);
        if (other != node) {
            other.close();
        }
    }

    private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<T>();
            for (Future<T> result : callers.invokeAll(calls)) {
                results.add(result.get());
            }
            return results;
        }
    }
}
