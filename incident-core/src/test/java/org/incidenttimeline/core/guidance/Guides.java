package org.incidenttimeline.core.guidance;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.command.PlaybookCommand.*;
import org.incidenttimeline.core.command.RunbookCommand.*;
import org.incidenttimeline.core.event.*;
import org.incidenttimeline.core.event.PlaybookContent.*;

/** A runbook and a playbook for tests, and what one asks of them. */
public final class Guides {
    public static final RunbookId LAG = new RunbookId("replication-lag");
    public static final PlaybookId OUTAGE = new PlaybookId("database-outage");
    public static final Person ANA = new Person("ana");
    public static final Person BEN = new Person("ben");

    private Guides() {}

    public static RunbookContent runbook() {
        return runbook("Check the lag");
    }

    public static RunbookContent runbook(String firstCheck) {
        return new RunbookContent(
                new Title("Database replication lags behind"),
                List.of(new ServiceName("database")),
                List.of(text("Replication lag grows"), text("The secondary is behind the primary")),
                List.of(step(firstCheck)),
                List.of(step("Stop the batch jobs"), step("Add a replica")),
                text("The lag grows for ten minutes more"),
                List.of(step("The lag is below a second")),
                List.of(step("Start the batch jobs")));
    }

    public static PlaybookContent playbook() {
        return playbook(List.of(
                new RoleTaken(List.of(), Role.COMMUNICATIONS, BEN),
                new RoleTaken(List.of(Severity.SEV1), Role.SCRIBE, new Person("cleo"))));
    }

    public static PlaybookContent playbook(List<RoleTaken> roles) {
        return new PlaybookContent(
                new Title("Database outage"),
                List.of(new ServiceName("database")),
                roles,
                List.of(new Escalation(
                        List.of(Severity.SEV1),
                        text("Data may be lost"),
                        new Person("dora"),
                        new Reference("tel:+15550100"),
                        Optional.of(Duration.ofMinutes(15)))),
                List.of(new DecisionPoint(
                        List.of(), text("Fail over?"), Role.LEAD, text("Only when the secondary is in step"))),
                List.of(line(List.of(), Audience.SUPPORT, Duration.ofMinutes(30))));
    }

    public static CommunicationLine line(List<Severity> severities, Audience audience, Duration cadence) {
        return new CommunicationLine(severities, audience, BEN, new Reference("#support"), cadence);
    }

    public static DraftRunbook draft() {
        return new DraftRunbook(LAG, runbook(), ANA);
    }

    public static ReviseRunbook revise(Person author) {
        return new ReviseRunbook(LAG, runbook("Read the lag from the dashboard"), author, text("there is one now"));
    }

    public static ApproveRunbook approve(int revision, Person approver) {
        return new ApproveRunbook(LAG, revision, human(approver), Optional.empty());
    }

    public static ApprovePlaybook approvePlaybook(int revision, Person approver) {
        return new ApprovePlaybook(OUTAGE, revision, human(approver), Optional.empty());
    }

    public static Actor human(Person person) {
        return new Actor(person, Actor.Kind.HUMAN);
    }

    public static RetireRunbook retire() {
        return new RetireRunbook(LAG, text("the database is gone"));
    }

    public static DraftPlaybook draftPlaybook() {
        return new DraftPlaybook(OUTAGE, playbook(), ANA);
    }

    public static DraftPlaybook draftPlaybook(PlaybookContent content) {
        return new DraftPlaybook(OUTAGE, content, ANA);
    }

    public static RetirePlaybook retirePlaybook() {
        return new RetirePlaybook(OUTAGE, text("the database is gone"));
    }

    public static RunbookStep step(String action) {
        return new RunbookStep(text(action), Optional.empty());
    }

    public static Text text(String words) {
        return new Text(words);
    }
}
