package org.incidenttimeline.projections.guidance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.incidenttimeline.projections.Facts.*;
import static org.incidenttimeline.projections.guidance.Recordings.*;

import java.util.List;
import org.incidenttimeline.core.event.PlaybookId;
import org.incidenttimeline.core.event.RunbookContent;
import org.incidenttimeline.core.event.RunbookId;
import org.junit.jupiter.api.Test;

class GuideFoldTest {
    private static final RunbookId LAG = new RunbookId("lag");
    private static final RunbookContent OLD = runbook("Lag", "database", "Replication lag grows");
    private static final RunbookContent NEW = runbook("Lag", "database", "The secondary is behind");

    private final Recordings recordings = new Recordings();

    private GuideHistory<RunbookContent> lag() {
        return GuideFold.runbook(recordings.of(LAG)).orElseThrow();
    }

    @Test
    void a_draft_is_in_use_once_it_is_approved_and_stays_so_while_the_next_one_waits() {
        recordings.drafted("lag", OLD);
        assertThat(lag().guide().state()).isEqualTo(Guide.State.DRAFT);
        assertThat(lag().guide().content()).isEqualTo(OLD);

        recordings.approved("lag", 1);
        assertThat(lag().guide().state()).isEqualTo(Guide.State.IN_USE);

        recordings.revised("lag", 2, NEW);
        assertThat(lag().guide().state()).isEqualTo(Guide.State.IN_REVISION);
        assertThat(lag().guide().content()).isEqualTo(OLD);
        assertThat(lag().guide().newest().content()).isEqualTo(NEW);

        recordings.approved("lag", 2);
        assertThat(lag().guide().state()).isEqualTo(Guide.State.IN_USE);
        assertThat(lag().guide().content()).isEqualTo(NEW);

        recordings.retired("lag");
        assertThat(lag().guide().state()).isEqualTo(Guide.State.RETIRED);
        assertThat(lag().guide().version()).isEqualTo(5);
    }

    @Test
    void every_revision_keeps_its_words_its_author_and_who_stood_for_it() {
        recordings.drafted("lag", OLD).approved("lag", 1).revised("lag", 2, NEW);

        assertThat(lag().revisions())
                .extracting(Revision::number, Revision::content, Revision::author)
                .containsExactly(tuple(1, OLD, ANA), tuple(2, NEW, BEN));
        assertThat(lag().revision(1).orElseThrow().approval()).hasValueSatisfying(approval -> {
            assertThat(approval.approver()).isEqualTo(BEN);
            assertThat(approval.overrideBecause()).contains(text("alone"));
        });
        assertThat(lag().revision(2).orElseThrow().approval()).isEmpty();
        assertThat(lag().revision(3)).isEmpty();
    }

    @Test
    void what_was_never_drafted_is_not_there() {
        recordings.approved("lag", 1);

        assertThat(GuideFold.runbook(recordings.of(LAG))).isEmpty();
        assertThat(GuideFold.playbook(List.of())).isEmpty();
    }

    @Test
    void a_playbook_stands_as_a_runbook_does() {
        recordings.playbookDrafted("outage", playbook("Outage")).playbookApproved("outage");

        var outage = GuideFold.playbook(recordings.of(new PlaybookId("outage"))).orElseThrow();

        assertThat(outage.guide().state()).isEqualTo(Guide.State.IN_USE);
        assertThat(outage.guide().content()).isEqualTo(playbook("Outage"));
    }
}
