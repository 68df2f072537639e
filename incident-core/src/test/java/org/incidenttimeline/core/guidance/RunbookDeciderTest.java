package org.incidenttimeline.core.guidance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.incidenttimeline.core.guidance.Guides.*;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.command.RunbookCommand;
import org.incidenttimeline.core.command.RunbookCommand.*;
import org.incidenttimeline.core.event.*;
import org.incidenttimeline.core.event.RunbookEvent.*;
import org.incidenttimeline.core.incident.Refusal;
import org.incidenttimeline.core.incident.RefusedException;
import org.junit.jupiter.api.Test;

class RunbookDeciderTest {
    private Standing standing = Standing.UNWRITTEN;

    private List<RunbookEvent> tell(RunbookCommand command) {
        var events = RunbookDecider.decide(standing, command);
        events.forEach(event -> standing = standing.evolve(event));
        return events;
    }

    private RefusedException refused(RunbookCommand command, Refusal refusal) {
        var before = standing;
        var refused = catchThrowableOfType(RefusedException.class, () -> tell(command));
        assertThat(refused).as("refusal of %s", command).isNotNull();
        assertThat(refused.refusal()).isEqualTo(refusal);
        assertThat(standing).isEqualTo(before);
        return refused;
    }

    @Test
    void a_draft_is_revision_one_and_in_use_by_nobody() {
        assertThat(tell(draft())).containsExactly(new RunbookDrafted(LAG, runbook(), ANA));
        assertThat(standing).isEqualTo(new Standing(1, 1, Optional.of(ANA), 0, false));
    }

    @Test
    void a_revision_leaves_the_approved_one_in_use_until_it_is_approved_itself() {
        tell(draft());
        tell(approve(1, BEN));
        tell(revise(ANA));
        assertThat(standing.revision()).isEqualTo(2);
        assertThat(standing.approved()).isEqualTo(1);

        assertThat(tell(approve(2, BEN))).containsExactly(new RunbookApproved(LAG, 2, BEN, Optional.empty()));

        assertThat(standing.approved()).isEqualTo(2);
    }

    @Test
    void whoever_wrote_the_newest_revision_does_not_approve_it() {
        tell(draft());
        tell(revise(BEN));

        assertThat(refused(approve(2, BEN), Refusal.APPROVAL_BY_ANOTHER_REQUIRED)
                        .facts())
                .containsEntry("author", "ben");
        assertThat(tell(approve(2, ANA))).hasSize(1);
    }

    @Test
    void an_author_who_is_alone_says_why_and_the_reason_is_recorded() {
        tell(draft());
        var why = Optional.of(text("I am the only one on call tonight"));

        assertThat(tell(new ApproveRunbook(LAG, 1, human(ANA), why)))
                .containsExactly(new RunbookApproved(LAG, 1, ANA, why));
    }

    @Test
    void a_tool_approves_nothing_whatever_its_reason() {
        tell(draft());
        var bot = new Actor(new Person("bot"), Actor.Kind.TOOL);

        refused(new ApproveRunbook(LAG, 1, bot, Optional.empty()), Refusal.APPROVAL_BY_HUMAN_REQUIRED);
        refused(new ApproveRunbook(LAG, 1, bot, Optional.of(text("it is late"))), Refusal.APPROVAL_BY_HUMAN_REQUIRED);
    }

    @Test
    void a_reason_that_is_not_needed_is_not_recorded() {
        tell(draft());

        assertThat(tell(new ApproveRunbook(LAG, 1, human(BEN), Optional.of(text("just so")))))
                .containsExactly(new RunbookApproved(LAG, 1, BEN, Optional.empty()));
    }

    @Test
    void nobody_approves_a_revision_that_was_replaced_while_they_read() {
        tell(draft());
        tell(revise(ANA));

        assertThat(refused(approve(1, BEN), Refusal.REVISION_NOT_LATEST).facts())
                .containsEntry("revision", "2");
    }

    @Test
    void what_is_so_already_is_not_recorded_again() {
        tell(draft());
        tell(approve(1, BEN));
        assertThat(tell(approve(1, BEN))).isEmpty();
        tell(retire());
        assertThat(tell(retire())).isEmpty();
    }

    @Test
    void what_was_retired_is_not_brought_back() {
        tell(draft());
        tell(retire());

        refused(revise(ANA), Refusal.RUNBOOK_RETIRED);
        refused(approve(1, BEN), Refusal.RUNBOOK_RETIRED);
        refused(draft(), Refusal.RUNBOOK_ALREADY_DRAFTED);
    }

    @Test
    void the_revision_in_use_is_the_one_approved_last_with_its_own_words() {
        var history = new ArrayList<RunbookEvent>();
        history.addAll(tell(draft()));
        history.addAll(tell(approve(1, BEN)));
        history.addAll(tell(revise(ANA)));
        assertThat(InUse.runbook(LAG, history)).isEqualTo(new RunbookInUse(LAG, 1, runbook()));

        history.addAll(tell(approve(2, BEN)));
        assertThat(InUse.runbook(LAG, history))
                .isEqualTo(new RunbookInUse(LAG, 2, revise(ANA).content()));

        history.addAll(tell(retire()));
        assertThatThrownBy(() -> InUse.runbook(LAG, history))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.RUNBOOK_RETIRED));
    }

    @Test
    void each_part_is_needed() {
        var whole = runbook();
        var none = List.<RunbookStep>of();
        var without = List.of(
                with(List.of(), whole.symptoms(), whole.firstChecks(), whole.safeMitigations(), whole.rollback()),
                with(whole.services(), List.of(), whole.firstChecks(), whole.safeMitigations(), whole.rollback()),
                with(whole.services(), whole.symptoms(), none, whole.safeMitigations(), whole.rollback()),
                with(whole.services(), whole.symptoms(), whole.firstChecks(), none, whole.rollback()),
                with(whole.services(), whole.symptoms(), whole.firstChecks(), whole.safeMitigations(), none));

        assertThat(without)
                .extracting(content -> refused(new DraftRunbook(LAG, content, ANA), Refusal.RUNBOOK_PART_REQUIRED)
                        .facts()
                        .get("field"))
                .containsExactly("services", "symptoms", "firstChecks", "safeMitigations", "rollback");
    }

    private static RunbookContent with(
            List<ServiceName> services,
            List<Text> symptoms,
            List<RunbookStep> checks,
            List<RunbookStep> mitigations,
            List<RunbookStep> rollback) {
        var whole = runbook();
        return new RunbookContent(
                whole.title(),
                services,
                symptoms,
                checks,
                mitigations,
                whole.escalateWhen(),
                whole.restoredWhen(),
                rollback);
    }

    /** A runbook of so many words in all: as many first checks of one word each as make them up. */
    private static RunbookContent words(int count) {
        var whole = runbook();
        int others = 4 + 1 + 3 + 6 + 4 + 3 + 7 + 6 + 4;
        return with(
                whole.services(),
                whole.symptoms(),
                Collections.nCopies(count - others, step("look")),
                whole.safeMitigations(),
                whole.rollback());
    }

    @Test
    void ten_minutes_of_reading_are_taken_and_a_word_more_is_refused() {
        var tenMinutes = words(2_000);
        assertThat(tenMinutes.readingTime()).isEqualTo(RunbookDecider.LONGEST);
        assertThat(tell(new DraftRunbook(LAG, tenMinutes, ANA))).hasSize(1);

        assertThat(refused(new ReviseRunbook(LAG, words(2_001), ANA, text("more")), Refusal.RUNBOOK_TOO_LONG)
                        .facts())
                .containsEntry("readingTime", "PT10M1S")
                .containsEntry("longest", "PT10M");
    }
}
