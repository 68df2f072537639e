package org.incidenttimeline.core.guidance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.incidenttimeline.core.guidance.Guides.*;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.command.PlaybookCommand;
import org.incidenttimeline.core.command.PlaybookCommand.*;
import org.incidenttimeline.core.event.*;
import org.incidenttimeline.core.event.PlaybookContent.*;
import org.incidenttimeline.core.event.PlaybookEvent.*;
import org.incidenttimeline.core.incident.Refusal;
import org.incidenttimeline.core.incident.RefusedException;
import org.junit.jupiter.api.Test;

class PlaybookDeciderTest {
    private Standing standing = Standing.UNWRITTEN;

    private List<PlaybookEvent> tell(PlaybookCommand command) {
        var events = PlaybookDecider.decide(standing, command);
        events.forEach(event -> standing = standing.evolve(event));
        return events;
    }

    private RefusedException refused(PlaybookCommand command, Refusal refusal) {
        var refused = catchThrowableOfType(RefusedException.class, () -> tell(command));
        assertThat(refused).as("refusal of %s", command).isNotNull();
        assertThat(refused.refusal()).isEqualTo(refusal);
        return refused;
    }

    private static PlaybookContent with(List<RoleTaken> roles, List<CommunicationLine> communication) {
        var whole = playbook();
        return new PlaybookContent(
                whole.title(), whole.services(), roles, whole.escalations(), whole.decisions(), communication);
    }

    @Test
    void a_playbook_is_drafted_approved_revised_and_retired() {
        assertThat(tell(draftPlaybook())).containsExactly(new PlaybookDrafted(OUTAGE, playbook(), ANA));
        assertThat(tell(approvePlaybook(1, BEN)))
                .containsExactly(new PlaybookApproved(OUTAGE, 1, BEN, Optional.empty()));
        assertThat(tell(new RevisePlaybook(OUTAGE, playbook(), BEN, text("again"))))
                .containsExactly(new PlaybookRevised(OUTAGE, 2, playbook(), BEN, text("again")));
        assertThat(standing).isEqualTo(new Standing(3, 2, Optional.of(BEN), 1, false));
        assertThat(tell(retirePlaybook())).hasSize(1);
        assertThat(standing.retired()).isTrue();
    }

    @Test
    void a_cadence_is_held_to_the_rule_of_incidents_and_the_line_is_named() {
        var often = with(
                List.of(),
                List.of(
                        line(List.of(), Audience.SUPPORT, Duration.ofDays(7)),
                        line(List.of(), Audience.CUSTOMERS, Duration.ofSeconds(59))));

        assertThat(refused(draftPlaybook(often), Refusal.CADENCE_OUT_OF_RANGE).facts())
                .containsEntry("field", "communication/1/cadence");
    }

    @Test
    void one_role_may_go_to_different_people_at_different_severities_and_several_may_be_experts() {
        var roles = List.of(
                new RoleTaken(List.of(Severity.SEV1), Role.LEAD, ANA),
                new RoleTaken(List.of(Severity.SEV2, Severity.SEV3), Role.LEAD, BEN),
                new RoleTaken(List.of(), Role.SUBJECT_EXPERT, ANA),
                new RoleTaken(List.of(), Role.SUBJECT_EXPERT, BEN));

        assertThat(tell(draftPlaybook(playbook(roles)))).hasSize(1);
    }

    @Test
    void fifty_lines_of_a_kind_are_taken() {
        var fifty = Collections.nCopies(50, new RoleTaken(List.of(), Role.SUBJECT_EXPERT, BEN));

        assertThat(tell(draftPlaybook(playbook(fifty)))).hasSize(1);
    }

    @Test
    void what_names_no_severity_is_meant_for_all() {
        var worst = playbook().forSeverity(Severity.SEV1);
        var mild = playbook().forSeverity(Severity.SEV4);

        assertThat(worst).isEqualTo(playbook());
        assertThat(mild.roles()).extracting(RoleTaken::role).containsExactly(Role.COMMUNICATIONS);
        assertThat(mild.escalations()).isEmpty();
        assertThat(mild.decisions()).hasSize(1);
        assertThat(mild.communication()).hasSize(1);
    }
}
