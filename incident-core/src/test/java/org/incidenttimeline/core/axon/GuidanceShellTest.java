package org.incidenttimeline.core.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.incidenttimeline.core.guidance.Guides.*;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.incidenttimeline.core.command.DomainCommand;
import org.incidenttimeline.core.command.NotAccepted;
import org.incidenttimeline.core.command.PlaybookCommand;
import org.incidenttimeline.core.command.PlaybookCommand.*;
import org.incidenttimeline.core.command.RunbookCommand;
import org.incidenttimeline.core.event.*;
import org.incidenttimeline.core.event.PlaybookEvent.*;
import org.incidenttimeline.core.event.RunbookEvent.*;
import org.incidenttimeline.core.incident.Commands;
import org.incidenttimeline.core.incident.Refusal;
import org.incidenttimeline.core.incident.RefusedException;
import org.incidenttimeline.core.incident.Story;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Runbooks and playbooks pass the same desk and stand in the same log as incidents, each in a stream of its own. */
@ParameterizedClass
@EnumSource(Database.class)
class GuidanceShellTest {
    private final TestDatabase database;
    private final Node node;

    GuidanceShellTest(Database kind) {
        database = TestDatabases.fresh(kind);
        node = new Node(database, Clock.fixed(Story.NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        node.close();
        database.close();
    }

    @Test
    void every_command_has_exactly_one_handler() {
        assertThat(handled(RunbookAggregate.class))
                .containsExactlyInAnyOrder(RunbookCommand.class.getPermittedSubclasses());
        assertThat(handled(PlaybookAggregate.class))
                .containsExactlyInAnyOrder(PlaybookCommand.class.getPermittedSubclasses());
    }

    private static List<Class<?>> handled(Class<?> aggregate) {
        return Arrays.stream(aggregate.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(CommandHandler.class))
                .<Class<?>>map(method -> method.getParameterTypes()[0])
                .toList();
    }

    @Test
    void what_was_decided_is_recorded_and_read_back_the_same() {
        node.tell(draft());
        node.tell(approve(1, BEN));
        node.tell(revise(ANA));
        var last = node.tell(retire());

        assertThat(last.version()).isEqualTo(4);
        assertThat(last.position()).hasValue(4);
        assertThat(node.history().of(LAG))
                .extracting(RecordedRunbookEvent::event)
                .containsExactly(
                        new RunbookDrafted(LAG, runbook(), ANA),
                        new RunbookApproved(LAG, 1, BEN, Optional.empty()),
                        new RunbookRevised(LAG, 2, revise(ANA).content(), ANA, text("there is one now")),
                        new RunbookRetired(LAG, text("the database is gone")));
        node.tell(draftPlaybook());
        node.tell(approvePlaybook(1, BEN));
        assertThat(node.history().of(OUTAGE))
                .extracting(RecordedPlaybookEvent::event)
                .containsExactly(
                        new PlaybookDrafted(OUTAGE, playbook(), ANA),
                        new PlaybookApproved(OUTAGE, 1, BEN, Optional.empty()));
        assertThat(node.history().of(OUTAGE)).extracting(Recorded::position).containsExactly(5L, 6L);
    }

    @Test
    void an_incident_a_runbook_and_a_playbook_may_have_one_name() {
        var name = "database";
        node.tell(Commands.declare(name));
        var runbook = new RunbookId(name);
        node.tell(new RunbookCommand.DraftRunbook(runbook, runbook(), ANA));
        var playbook = new PlaybookId(name);
        node.tell(new DraftPlaybook(playbook, playbook(), ANA));

        assertThat(node.history().of(new IncidentId(name))).hasSize(1);
        assertThat(node.history().of(runbook)).hasSize(1);
        assertThat(node.history().of(playbook)).hasSize(1);
    }

    @Test
    void what_was_never_drafted_is_not_there() {
        assertThat(refusalOf(retire())).isEqualTo(Refusal.RUNBOOK_NOT_DRAFTED);
        assertThat(refusalOf(retirePlaybook())).isEqualTo(Refusal.PLAYBOOK_NOT_DRAFTED);
    }

    private Refusal refusalOf(DomainCommand command) {
        return catchThrowableOfType(RefusedException.class, () -> node.tell(command))
                .refusal();
    }

    @Test
    void a_version_that_moved_on_records_nothing() {
        node.tell(draft());
        node.tell(revise(ANA));

        var moved = catchThrowableOfType(NotAccepted.class, () -> node.tell(approve(2, BEN), 1));

        assertThat(moved.reason()).isEqualTo(NotAccepted.Reason.VERSION_MOVED);
        assertThat(node.tell(approve(2, BEN), 2).version()).isEqualTo(3);
    }

    @Test
    void two_nodes_do_not_both_retire_it() {
        try (var other = new Node(database, Clock.fixed(Story.NOW, ZoneOffset.UTC))) {
            node.tell(draft());
            other.tell(approve(1, BEN));
            other.tell(retire());

            assertThat(node.tell(retire()).events()).isEmpty();
            assertThat(node.history().of(LAG)).hasSize(3);
        }
    }
}
