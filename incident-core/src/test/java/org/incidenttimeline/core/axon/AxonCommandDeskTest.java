package org.incidenttimeline.core.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.incidenttimeline.core.command.Accepted;
import org.incidenttimeline.core.command.IncidentCommand;
import org.incidenttimeline.core.command.NotAccepted;
import org.incidenttimeline.core.command.NotAccepted.Reason;
import org.incidenttimeline.core.event.DomainEvent;
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

@ParameterizedClass
@EnumSource(Database.class)
class AxonCommandDeskTest {
    private static final Clock CLOCK = Clock.fixed(Story.NOW, ZoneOffset.UTC);

    private final TestDatabase database;
    private final List<Node> nodes = new ArrayList<>();

    AxonCommandDeskTest(Database kind) {
        database = TestDatabases.fresh(kind);
    }

    private Node node() {
        var node = new Node(database, CLOCK);
        nodes.add(node);
        return node;
    }

    @AfterEach
    void close() {
        nodes.forEach(Node::close);
        database.close();
    }

    @Test
    void the_whole_rhythm_is_recorded_as_it_was_decided_and_read_back_the_same() {
        isRecordedAsDecided(WholeRhythm.commands());
    }

    @Test
    void what_is_imported_is_recorded_as_it_was_decided_and_read_back_the_same() {
        isRecordedAsDecided(WholeRhythm.afterwards());
    }

    private void isRecordedAsDecided(List<IncidentCommand> commands) {
        var node = node();
        var decided = new ArrayList<DomainEvent>();
        for (var command : commands) {
            decided.addAll(node.tell(command).events());
        }

        var history = node.history().of(Story.ID);

        assertThat(history).extracting(r -> (DomainEvent) r.event()).isEqualTo(decided);
        assertThat(history)
                .extracting(RecordedEvent::version)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, decided.size()).boxed().toList());
        assertThat(history).extracting(RecordedEvent::provenance).containsOnly(Node.ANA);
        assertThat(history).extracting(RecordedEvent::recordedAt).containsOnly(Story.NOW);
    }

    @Test
    void an_accepted_command_tells_the_version_and_the_position() {
        var node = node();

        assertThat(node.tell(Story.declare()).version()).isEqualTo(1);
        var accepted = node.tell(Commands.proposePrimary());

        assertThat(accepted.version()).isEqualTo(3);
        assertThat(accepted.position()).hasValue(3);
    }

    @Test
    void what_is_so_already_is_accepted_and_has_no_position() {
        var node = node();
        node.tell(Story.declare());
        node.tell(Commands.pinDeclaration());

        assertThat(node.tell(Commands.pinDeclaration()))
                .isEqualTo(new Accepted(2, java.util.OptionalLong.empty(), List.of()));
    }

    @Test
    void a_command_for_no_incident_is_refused_and_records_nothing() {
        var node = node();

        var refused = catchThrowableOfType(RefusedException.class, () -> node.tell(Story.verify()));

        assertThat(refused.refusal()).isEqualTo(Refusal.INCIDENT_NOT_DECLARED);
        assertThat(node.log().head()).isZero();
    }

    @Test
    void a_stale_version_is_refused_and_the_current_one_accepted() {
        var node = node();
        node.tell(Story.declare());
        node.tell(Commands.note());

        var moved = catchThrowableOfType(NotAccepted.class, () -> node.tell(Commands.note(), 1));

        assertThat(moved.reason()).isEqualTo(Reason.VERSION_MOVED);
        assertThat(moved.facts()).containsEntry("actual", "2");
        assertThat(node.tell(Commands.note(), 2).version()).isEqualTo(3);
    }

    @Test
    void a_deduplication_key_is_held_by_one_open_incident() {
        var node = node();
        node.tell(Commands.declareWithKey("first", "alert-7"));

        var taken =
                catchThrowableOfType(NotAccepted.class, () -> node.tell(Commands.declareWithKey("second", "alert-7")));

        assertThat(taken.reason()).isEqualTo(Reason.DEDUP_KEY_TAKEN);
        assertThat(taken.facts()).containsEntry("incidentId", "first");
        node.tell(Commands.cancel("first"));
        node.tell(Commands.declareWithKey("second", "alert-7"));
        taken = catchThrowableOfType(NotAccepted.class, () -> node.tell(Commands.reopen("first")));
        assertThat(taken.facts()).containsEntry("incidentId", "second");
    }

    @Test
    void concurrent_commands_on_one_incident_are_all_recorded_or_answered_with_a_conflict() throws Exception {
        // H2 has one node; PostgreSQL is shared by two, which do not know of each other's caches.
        var writers = database.kind() == Database.H2 ? List.of(node()) : List.of(node(), node());
        writers.getFirst().tell(Story.declare());
        var answers = new ArrayList<Future<Boolean>>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                var writer = writers.get(i % writers.size());
                Callable<Boolean> call = () -> {
                    try {
                        writer.tell(Commands.note());
                        return true;
                    } catch (NotAccepted e) {
                        assertThat(e.reason()).isEqualTo(Reason.CHANGED_CONCURRENTLY);
                        return false;
                    }
                };
                answers.add(callers.submit(call));
            }
        }
        long accepted = 0;
        for (var answer : answers) {
            accepted += answer.get() ? 1 : 0;
        }

        assertThat(writers.getFirst().history().of(Story.ID)).hasSize(Math.toIntExact(accepted) + 1);
        assertThat(accepted).isPositive();
    }

    @Test
    void a_node_does_not_believe_its_cache_where_nothing_proves_it() {
        var here = node();
        // On H2 there is only one node, and what it wrote last is in its cache.
        var there = database.kind() == Database.H2 ? here : node();
        here.tell(Story.declare());
        here.tell(Commands.freezeAll());
        there.tell(Commands.liftFreeze());

        // Here the cached incident still has its freeze, and would refuse to be cancelled.
        assertThat(here.tell(Commands.cancel(Story.ID.value())).events()).hasSize(1);
        // There the cached incident is open, and would call a second cancellation a new one.
        var refused = catchThrowableOfType(RefusedException.class, () -> there.tell(Commands.cancel(Story.ID.value())));
        assertThat(refused.refusal()).isEqualTo(Refusal.INCIDENT_ENDED);
    }
}
