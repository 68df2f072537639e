package org.incidenttimeline.projections.guidance;

import static org.incidenttimeline.projections.Facts.*;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.event.*;
import org.incidenttimeline.core.event.PlaybookContent.CommunicationLine;
import org.incidenttimeline.core.event.PlaybookContent.Escalation;
import org.incidenttimeline.core.event.PlaybookContent.RoleTaken;
import org.incidenttimeline.core.event.PlaybookEvent.*;
import org.incidenttimeline.core.event.RunbookEvent.*;

/** What is recorded of runbooks and playbooks, at positions of a log that has nothing else. */
public final class Recordings {
    private final List<Recorded> all = new ArrayList<>();
    private final List<RecordedRunbookEvent> runbooks = new ArrayList<>();
    private final List<RecordedPlaybookEvent> playbooks = new ArrayList<>();

    public static RunbookContent runbook(String title, String service, String... symptoms) {
        var step = new RunbookStep(text("Look"), Optional.of(text("It is there")));
        return new RunbookContent(
                new Title(title),
                List.of(new ServiceName(service)),
                List.of(symptoms).stream().map(Text::new).toList(),
                List.of(step),
                List.of(step),
                text("It goes on"),
                List.of(step),
                List.of(step));
    }

    public static PlaybookContent playbook(String title) {
        return new PlaybookContent(
                new Title(title),
                List.of(),
                List.of(new RoleTaken(List.of(Severity.SEV1), Role.SCRIBE, BEN)),
                List.of(new Escalation(
                        List.of(),
                        text("It goes on"),
                        ANA,
                        new Reference("#call"),
                        Optional.of(Duration.ofMinutes(5)))),
                List.of(),
                List.of(new CommunicationLine(
                        List.of(), Audience.SUPPORT, BEN, new Reference("#support"), Duration.ofMinutes(30))));
    }

    public Recordings drafted(String runbook, RunbookContent content) {
        return add(new RunbookDrafted(new RunbookId(runbook), content, ANA));
    }

    public Recordings revised(String runbook, int revision, RunbookContent content) {
        return add(new RunbookRevised(new RunbookId(runbook), revision, content, BEN, text("again")));
    }

    public Recordings approved(String runbook, int revision) {
        return add(new RunbookApproved(new RunbookId(runbook), revision, BEN, Optional.of(text("alone"))));
    }

    public Recordings retired(String runbook) {
        return add(new RunbookRetired(new RunbookId(runbook), text("gone")));
    }

    public Recordings playbookDrafted(String playbook, PlaybookContent content) {
        return add(new PlaybookDrafted(new PlaybookId(playbook), content, ANA));
    }

    public Recordings playbookApproved(String playbook) {
        return add(new PlaybookApproved(new PlaybookId(playbook), 1, BEN, Optional.empty()));
    }

    /** Everything, in the order of the log. */
    public List<Recorded> all() {
        return List.copyOf(all);
    }

    public List<RecordedRunbookEvent> of(RunbookId runbook) {
        return runbooks.stream()
                .filter(r -> r.event().runbookId().equals(runbook))
                .toList();
    }

    public List<RecordedPlaybookEvent> of(PlaybookId playbook) {
        return playbooks.stream()
                .filter(r -> r.event().playbookId().equals(playbook))
                .toList();
    }

    private Recordings add(RunbookEvent event) {
        var like = like(event);
        var recorded = new RecordedRunbookEvent(
                event, "r-" + like.position(), like.position(), like.version(), like.recordedAt(), like.provenance());
        runbooks.add(recorded);
        all.add(recorded);
        return this;
    }

    private Recordings add(PlaybookEvent event) {
        var like = like(event);
        var recorded = new RecordedPlaybookEvent(
                event, "p-" + like.position(), like.position(), like.version(), like.recordedAt(), like.provenance());
        playbooks.add(recorded);
        all.add(recorded);
        return this;
    }

    /** Where the next event of a stream stands, and what else is said of it. */
    private RecordedEvent like(DomainEvent event) {
        long version = all.stream()
                        .filter(r -> r.event().streamId().equals(event.streamId()))
                        .count()
                + 1;
        var note = recorded(note("14:00", "like it"), all.size() + 1L, new Actor(ANA, Actor.Kind.HUMAN));
        return new RecordedEvent(
                note.event(), note.eventId(), note.position(), version, note.recordedAt(), note.provenance());
    }
}
