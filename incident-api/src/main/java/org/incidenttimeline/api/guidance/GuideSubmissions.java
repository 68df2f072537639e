package org.incidenttimeline.api.guidance;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.incidenttimeline.api.access.IncidentAccess;
import org.incidenttimeline.api.submission.Caller;
import org.incidenttimeline.api.submission.Submissions;
import org.incidenttimeline.core.command.Accepted;
import org.incidenttimeline.core.command.PlaybookCommand;
import org.incidenttimeline.core.command.PlaybookCommand.ApprovePlaybook;
import org.incidenttimeline.core.command.PlaybookCommand.DraftPlaybook;
import org.incidenttimeline.core.command.PlaybookCommand.RetirePlaybook;
import org.incidenttimeline.core.command.PlaybookCommand.RevisePlaybook;
import org.incidenttimeline.core.command.RunbookCommand;
import org.incidenttimeline.core.command.RunbookCommand.ApproveRunbook;
import org.incidenttimeline.core.command.RunbookCommand.DraftRunbook;
import org.incidenttimeline.core.command.RunbookCommand.RetireRunbook;
import org.incidenttimeline.core.command.RunbookCommand.ReviseRunbook;
import org.incidenttimeline.core.event.EventCatalogue;
import org.incidenttimeline.core.event.GuideContent;
import org.incidenttimeline.core.event.PlaybookContent;
import org.incidenttimeline.core.event.PlaybookId;
import org.incidenttimeline.core.event.RunbookContent;
import org.incidenttimeline.core.event.RunbookId;
import org.incidenttimeline.core.guidance.RunbookDecider;
import org.incidenttimeline.core.history.PlaybookHistory;
import org.incidenttimeline.core.history.RunbookHistory;
import org.incidenttimeline.projections.guidance.GuideFold;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/** Hands commands for runbooks and playbooks in, and words the answer. */
@Component
class GuideSubmissions {
    private final Submissions submissions;
    private final RunbookHistory runbooks;
    private final PlaybookHistory playbooks;
    private final IncidentAccess access;

    GuideSubmissions(
            Submissions submissions, RunbookHistory runbooks, PlaybookHistory playbooks, IncidentAccess access) {
        this.submissions = submissions;
        this.runbooks = runbooks;
        this.playbooks = playbooks;
        this.access = access;
    }

    /** What was recorded, and the version that it made. */
    record Recorded(String kind, long version) {}

    /** Something that was accepted and should not stay so. */
    record Warning(String code, String detail) {}

    /**
     * What the giver of a command for a runbook is told.
     *
     * @param position the place in the whole log of the last event recorded; absent when everything was so already
     */
    record RunbookAnswer(
            RunbookId runbookId, long version, OptionalLong position, List<Recorded> events, List<Warning> warnings) {}

    /** What the giver of a command for a playbook is told. */
    record PlaybookAnswer(PlaybookId playbookId, long version, OptionalLong position, List<Recorded> events) {}

    ResponseEntity<RunbookAnswer> submit(RunbookCommand command, Caller caller) {
        return submit(command, caller, List.of());
    }

    /** The same for a command that writes, with a warning where what is written takes long to read. */
    ResponseEntity<RunbookAnswer> submit(RunbookCommand command, RunbookContent content, Caller caller) {
        var time = content.readingTime();
        return submit(
                command,
                caller,
                time.compareTo(RunbookDecider.LONG) <= 0
                        ? List.of()
                        : List.of(new Warning(
                                "runbook-long",
                                "To read this takes " + time.toMinutes() + " min " + time.toSecondsPart()
                                        + " s; who was just woken up reads "
                                        + RunbookDecider.LONG.toMinutes() + " min at the most.")));
    }

    private ResponseEntity<RunbookAnswer> submit(RunbookCommand command, Caller caller, List<Warning> warnings) {
        var id = command.runbookId();
        requireServices(caller, written(command));
        requireServices(
                caller,
                GuideFold.runbook(runbooks.of(id)).map(h -> h.guide().newest().content()));
        var batch = submissions.accept(command, caller);
        var accepted = batch.accepted();
        // Asked again under one key without an identifier, the first one stands.
        var stored = RunbookId.ofStream(batch.streamId());
        return Submissions.response(
                        batch, made(command instanceof DraftRunbook, "/api/v1/runbooks/{id}", stored.value()))
                .body(new RunbookAnswer(stored, accepted.version(), accepted.position(), recorded(accepted), warnings));
    }

    ResponseEntity<PlaybookAnswer> submit(PlaybookCommand command, Caller caller) {
        var id = command.playbookId();
        requireServices(caller, written(command));
        requireServices(
                caller,
                GuideFold.playbook(playbooks.of(id)).map(h -> h.guide().newest().content()));
        var batch = submissions.accept(command, caller);
        var accepted = batch.accepted();
        var stored = PlaybookId.ofStream(batch.streamId());
        return Submissions.response(
                        batch, made(command instanceof DraftPlaybook, "/api/v1/playbooks/{id}", stored.value()))
                .body(new PlaybookAnswer(stored, accepted.version(), accepted.position(), recorded(accepted)));
    }

    private static Optional<RunbookContent> written(RunbookCommand command) {
        return switch (command) {
            case DraftRunbook c -> Optional.of(c.content());
            case ReviseRunbook c -> Optional.of(c.content());
            case ApproveRunbook _, RetireRunbook _ -> Optional.empty();
        };
    }

    private static Optional<PlaybookContent> written(PlaybookCommand command) {
        return switch (command) {
            case DraftPlaybook c -> Optional.of(c.content());
            case RevisePlaybook c -> Optional.of(c.content());
            case ApprovePlaybook _, RetirePlaybook _ -> Optional.empty();
        };
    }

    /** A credential that is confined to services writes for these alone, and takes nothing else out of use. */
    private void requireServices(Caller caller, Optional<? extends GuideContent> content) {
        content.ifPresent(c -> access.requireServices(caller.principal(), c.services()));
    }

    private static Optional<URI> made(boolean drafts, String path, String id) {
        return drafts ? Optional.of(UriComponentsBuilder.fromPath(path).build(id)) : Optional.empty();
    }

    private static List<Recorded> recorded(Accepted accepted) {
        var events = accepted.events();
        long before = accepted.version() - events.size();
        return IntStream.range(0, events.size())
                .mapToObj(i -> new Recorded(EventCatalogue.kindOf(events.get(i)), before + i + 1))
                .toList();
    }
}
