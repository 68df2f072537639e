package org.incidenttimeline.core.incident;

import static org.incidenttimeline.core.incident.Story.*;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.command.IncidentCommand;
import org.incidenttimeline.core.command.IncidentCommand.*;
import org.incidenttimeline.core.duty.Regimes;
import org.incidenttimeline.core.event.*;
import org.incidenttimeline.core.event.ItemId.*;
import org.incidenttimeline.core.guidance.Guides;

/** Two stories in which every command there is comes up at least once, in an order that the rules allow. */
public final class WholeRhythm {
    private WholeRhythm() {}

    /** What only an incident that is entered afterwards can be told. */
    public static List<IncidentCommand> afterwards() {
        return List.of(
                importIncident("p31"),
                importEntry("u2", at("16:20"), "All is well again.", StatusMeaning.RESOLVED),
                new ImportEntry(
                        ID,
                        about("14:20"),
                        NO_WORDS,
                        Optional.of(
                                new SourceStatus(new Reference("identified"), Optional.of(StatusMeaning.MITIGATING))),
                        origin("u1"),
                        List.of(new TimeClaim(at("14:40"), new Reference("the vendor's own report")))));
    }

    /** A response from its declaration to its last action. */
    public static List<IncidentCommand> commands() {
        return List.of(
                declare(Severity.SEV2, Optional.of(new DedupKey("alert-7")), Mode.DRILL),
                // Nothing stands there, so that what is told reads the same afterwards.
                requestRedaction(1, field("/nowhere")),
                redact(2, BEN),
                cancel(),
                reopen(),
                merge("other"),
                reopen(),
                assign(Role.SCRIBE, BEN),
                new HandOverRole(ID, THEN, Role.SCRIBE, BEN, ANA, Optional.of(text("you write"))),
                new ChangeSeverity(ID, THEN, Severity.SEV1, text("all regions")),
                new AssessImpact(
                        ID,
                        THEN,
                        Optional.empty(),
                        new Impact(text("checkout"), Optional.of(text("browsing")), NO_WORDS, Spread.WIDESPREAD),
                        Optional.of(at("13:50")),
                        Optional.empty()),
                freeze("*"),
                apply(),
                follow(),
                stepDone(1),
                new CompleteRunbookStep(ID, THEN, Guides.LAG, 2, NO_WORDS, Optional.of(text("no batch runs now"))),
                exceptFor("release-43"),
                symptom(),
                change("release-42", at("13:40")),
                new LinkChange(ID, THEN, ChangeId.number(1), ChangeVerdict.SUSPECT, text("minutes before")),
                evidence(),
                propose(true),
                propose(false),
                link(1, 1),
                beginTest(1),
                conclude(1, IncidentCommand.TestConclusion.INCONCLUSIVE, EvidenceId.number(1)),
                beginTest(1),
                conclude(2, IncidentCommand.TestConclusion.REFUTED, EvidenceId.number(1)),
                makePrimary(2),
                beginTest(2),
                conclude(3, IncidentCommand.TestConclusion.CONFIRMED, EvidenceId.number(1)),
                propose(false),
                setAside(3),
                mitigate(MitigationKind.SCALE, false, NO_WORDS, NO_WORDS),
                fail(1, MitigationOutcome.INEFFECTIVE),
                mitigateFor(2, false),
                complete(2, MitigationOutcome.EFFECTIVE),
                rollBack(1),
                plan(Duration.ofMinutes(30)),
                update(at("14:30"), Optional.of(instant("15:00")), Audience.SUPPORT, Audience.LEADERSHIP),
                update(at("15:10"), Optional.of(instant("15:40")), Audience.SUPPORT),
                new RecordMissedUpdate(ID, at("15:00"), Audience.LEADERSHIP, instant("15:00")),
                planInjects(2),
                deliver(1),
                endExercise(),
                note(),
                correct(1, Optional.of(text("Checkout fails in Europe")), Optional.empty()),
                pin(1),
                unpin(1),
                verify(check(false, true)),
                verify(),
                lift(),
                review(),
                finding(FindingKind.ROOT_CAUSE, 1L),
                new ReviseFinding(
                        ID,
                        THEN,
                        FindingId.number(1),
                        FindingKind.CONTRIBUTING_FACTOR,
                        text("the gate measures no latency"),
                        Optional.of(new PatternTag("weak-release-gate")),
                        List.of(1L),
                        text("one of several causes")),
                aware("13:00"),
                classify("13:30", Regimes.GRAVE),
                missedNotification("17:30"),
                submitted("17:45", Regimes.FIRST),
                action(),
                new ReassignAction(ID, THEN, ActionId.number(1), ANA, text("ben moved teams")),
                new RescheduleAction(ID, THEN, ActionId.number(1), LocalDate.parse("2026-05-01"), text("freeze")),
                new RescheduleAction(ID, THEN, ActionId.number(1), LocalDate.parse("2026-03-01"), text("urgent")),
                new RecordOverdueAction(ID, THEN, ActionId.number(1), LocalDate.parse("2026-03-01")),
                action(),
                new DropAction(ID, THEN, ActionId.number(2), text("the first one covers it")),
                publish(NO_WORDS),
                close(),
                new CompleteAction(
                        ID,
                        THEN,
                        ActionId.number(1),
                        Optional.of(text("the gate refused release 57")),
                        Optional.of(new Reference("PR-91"))));
    }
}
