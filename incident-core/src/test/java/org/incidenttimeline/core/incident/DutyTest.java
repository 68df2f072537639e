package org.incidenttimeline.core.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidenttimeline.core.incident.Story.*;

import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.command.IncidentCommand.ClassifyIncident;
import org.incidenttimeline.core.command.IncidentCommand.RecordMissedNotification;
import org.incidenttimeline.core.command.IncidentCommand.SubmitNotification;
import org.incidenttimeline.core.duty.Regimes;
import org.incidenttimeline.core.event.IncidentEvent.NotificationMissed;
import org.incidenttimeline.core.event.IncidentEvent.NotificationSubmitted;
import org.incidenttimeline.core.event.Mode;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Reference;
import org.incidenttimeline.core.event.Severity;
import org.incidenttimeline.core.event.Title;
import org.junit.jupiter.api.Test;

/** What is told of duties to report, and what the service itself records of them. */
class DutyTest {
    @Test
    void a_report_says_when_it_was_due_and_whether_it_was_late() {
        var inTime = Story.of(declare(), classify("10:00", Regimes.GRAVE)).decide(submitted("14:00", Regimes.FIRST));
        var late = Story.of(declare(), classify("10:00", Regimes.GRAVE)).decide(submitted("14:01", Regimes.FIRST));
        var clockless = Story.of(declare()).decide(submitted("14:01", Regimes.FIRST));

        assertThat(inTime).containsExactly(report("14:00", Optional.of("14:00"), false));
        assertThat(late).containsExactly(report("14:01", Optional.of("14:00"), true));
        assertThat(clockless).containsExactly(report("14:01", Optional.empty(), false));
    }

    private static NotificationSubmitted report(String time, Optional<String> dueAt, boolean late) {
        return new NotificationSubmitted(
                ID,
                at(time),
                Regimes.BANK.name(),
                Regimes.FIRST,
                new Title("The authority"),
                NO_RECEIPT,
                dueAt.map(Story::instant),
                late,
                NO_WORDS);
    }

    @Test
    void the_same_report_told_again_changes_nothing_and_one_with_a_receipt_is_another() {
        var story = Story.of(declare(), submitted("14:30", Regimes.FIRST));
        var withReceipt = new SubmitNotification(
                ID,
                at("14:30"),
                Regimes.BANK,
                Regimes.FIRST,
                new Title("The authority"),
                Optional.of(new Reference("R-1")),
                NO_WORDS);

        assertThat(story.decide(submitted("14:30", Regimes.FIRST))).isEmpty();
        assertThat(story.decide(withReceipt)).hasSize(1);
    }

    @Test
    void duties_outlive_their_incident() {
        var story = Story.of(declare(), cancel());

        assertThat(story.tell(aware("14:00"))).hasSize(1);
        assertThat(story.tell(classify("14:30", Regimes.SLIGHT))).hasSize(1);
        assertThat(story.tell(submitted("14:30", Regimes.FIRST))).hasSize(1);
    }

    @Test
    void a_missed_deadline_is_recorded_once_and_again_when_it_moved() {
        var story = Story.of(declare(), classify("13:00", Regimes.GRAVE));

        assertThat(story.tell(missedNotification("17:00")))
                .containsExactly(
                        new NotificationMissed(ID, at("17:00"), Regimes.BANK.name(), Regimes.FIRST, instant("17:00")));
        assertThat(story.tell(missedNotification("17:00"))).isEmpty();
        story.tell(classify("12:00", Regimes.GRAVE));
        assertThat(story.tell(missedNotification("17:00"))).isEmpty();
        assertThat(story.tell(missedNotification("16:00"))).hasSize(1);
    }

    @Test
    void a_deadline_is_missed_when_its_minute_is_over() {
        var due = NOW.minus(IncidentDecider.GRACE);
        var classified = OccurredAt.at(due.minusSeconds(4 * 3600));
        var story = Story.of(declare());
        var command = classify("14:00", Regimes.GRAVE);
        story.tell(new ClassifyIncident(
                ID, classified, command.regime(), command.decision(), command.classification(), command.because()));
        var missed = new RecordMissedNotification(ID, OccurredAt.at(due), Regimes.BANK, Regimes.FIRST, due);

        assertThat(IncidentDecider.decide(story.incident(), missed, NOW.minusMillis(1)))
                .isEmpty();
        assertThat(IncidentDecider.decide(story.incident(), missed, NOW)).hasSize(1);
    }

    @Test
    void nothing_is_missed_where_nothing_was_asked_for_or_it_was_made() {
        var unclassified = Story.of(declare(), aware("13:00"));
        var slight = Story.of(declare(), classify("13:00", Regimes.SLIGHT));
        var made = Story.of(declare(), classify("13:00", Regimes.GRAVE), submitted("17:30", Regimes.FIRST));
        var afterwards =
                Story.of(declare(Severity.SEV2, Optional.empty(), Mode.BACKFILLED), classify("13:00", Regimes.GRAVE));

        for (var story : List.of(unclassified, slight, made, afterwards)) {
            assertThat(story.decide(missedNotification("17:00"))).isEmpty();
        }
    }

    @Test
    void a_corrected_time_moves_the_deadline() {
        var story = Story.of(declare(), classify("12:00", Regimes.GRAVE));
        story.tell(correct(2, NO_WORDS, Optional.of(at("13:00"))));

        assertThat(story.tell(missedNotification("16:00"))).isEmpty();
        assertThat(story.tell(missedNotification("17:00"))).hasSize(1);
    }
}
