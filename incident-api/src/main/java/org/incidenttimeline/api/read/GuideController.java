package org.incidenttimeline.api.read;

import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.incidenttimeline.api.access.IncidentAccess;
import org.incidenttimeline.api.access.Principal;
import org.incidenttimeline.api.caching.EntityTags;
import org.incidenttimeline.api.caching.Tagged;
import org.incidenttimeline.api.freshness.Freshness;
import org.incidenttimeline.api.freshness.Waiting;
import org.incidenttimeline.api.page.Cursors;
import org.incidenttimeline.api.page.Page;
import org.incidenttimeline.api.problem.ProblemCode;
import org.incidenttimeline.api.read.GuideResponses.*;
import org.incidenttimeline.core.event.GuideContent;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.PlaybookContent;
import org.incidenttimeline.core.event.PlaybookId;
import org.incidenttimeline.core.event.RunbookContent;
import org.incidenttimeline.core.event.RunbookId;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.history.IncidentHistory;
import org.incidenttimeline.core.history.PlaybookHistory;
import org.incidenttimeline.core.history.RunbookHistory;
import org.incidenttimeline.core.incident.Refusal;
import org.incidenttimeline.projections.guidance.Guide;
import org.incidenttimeline.projections.guidance.GuideFold;
import org.incidenttimeline.projections.guidance.GuideHistory;
import org.incidenttimeline.projections.incident.IncidentFold;
import org.incidenttimeline.projections.store.GuideReader;
import org.incidenttimeline.projections.store.Positioned;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

/** Runbooks and playbooks, and the runbooks that an incident is offered. Everybody may read them. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class GuideController {
    private final GuideReader guides;
    private final RunbookHistory runbooks;
    private final PlaybookHistory playbooks;
    private final IncidentHistory incidents;
    private final IncidentAccess access;
    private final Cursors cursors;

    GuideController(
            GuideReader guides,
            RunbookHistory runbooks,
            PlaybookHistory playbooks,
            IncidentHistory incidents,
            IncidentAccess access,
            Cursors cursors) {
        this.guides = guides;
        this.runbooks = runbooks;
        this.playbooks = playbooks;
        this.incidents = incidents;
        this.access = access;
        this.cursors = cursors;
    }

    /** The runbooks, the one drafted last first; a service gets those for any service too. */
    @GetMapping("/runbooks")
    @Tagged
    @Operation(operationId = "listRunbooks")
    ResponseEntity<RunbooksResponse> runbooks(
            Principal principal,
            Freshness freshness,
            Page page,
            WebRequest request,
            @RequestParam Optional<ServiceName> service,
            @RequestParam Optional<Guide.State> state) {
        return list(
                principal,
                freshness,
                page,
                request,
                () -> guides.runbooks(service, state, behind(page), page.limit() + 1),
                (read, part) -> new RunbooksResponse(
                        read.position(),
                        part.items().stream().map(GuideResponses::listedRunbook).toList(),
                        part.next()));
    }

    /** The playbooks, in the same order. */
    @GetMapping("/playbooks")
    @Tagged
    @Operation(operationId = "listPlaybooks")
    ResponseEntity<PlaybooksResponse> playbooks(
            Principal principal,
            Freshness freshness,
            Page page,
            WebRequest request,
            @RequestParam Optional<ServiceName> service,
            @RequestParam Optional<Guide.State> state) {
        return list(
                principal,
                freshness,
                page,
                request,
                () -> guides.playbooks(service, state, behind(page), page.limit() + 1),
                (read, part) -> new PlaybooksResponse(
                        read.position(),
                        part.items().stream()
                                .map(GuideResponses::listedPlaybook)
                                .toList(),
                        part.next()));
    }

    /** A runbook: its newest revision, the one in use, and who wrote and approved each. */
    @GetMapping("/runbooks/{runbook}")
    @Tagged
    @Operation(operationId = "getRunbook")
    ResponseEntity<RunbookResponse> runbook(@PathVariable RunbookId runbook, Freshness freshness) {
        var history = waited(freshness, () -> runbooks.versionOf(runbook), () -> history(runbook));
        return at(history).body(GuideResponses.runbook(history));
    }

    /** A playbook: its newest revision, the one in use, and who wrote and approved each. */
    @GetMapping("/playbooks/{playbook}")
    @Tagged
    @Operation(operationId = "getPlaybook")
    ResponseEntity<PlaybookResponse> playbook(@PathVariable PlaybookId playbook, Freshness freshness) {
        var history = waited(freshness, () -> playbooks.versionOf(playbook), () -> history(playbook));
        return at(history).body(GuideResponses.playbook(history));
    }

    /** A revision as it was written, for instance the one that an incident followed. */
    @GetMapping("/runbooks/{runbook}/revisions/{revision:[1-9][0-9]{0,8}}")
    @Tagged
    @Operation(operationId = "getRunbookRevision")
    ResponseEntity<RunbookRevisionResponse> runbookRevision(
            @PathVariable RunbookId runbook, @PathVariable int revision, Freshness freshness) {
        var history = waited(freshness, () -> runbooks.versionOf(runbook), () -> history(runbook));
        return at(history)
                .body(history.revision(revision)
                        .map(GuideResponses::runbookRevision)
                        .orElseThrow(GuideController::noSuchRevision));
    }

    /** A revision as it was written, for instance the one that an incident applied. */
    @GetMapping("/playbooks/{playbook}/revisions/{revision:[1-9][0-9]{0,8}}")
    @Tagged
    @Operation(operationId = "getPlaybookRevision")
    ResponseEntity<PlaybookRevisionResponse> playbookRevision(
            @PathVariable PlaybookId playbook, @PathVariable int revision, Freshness freshness) {
        var history = waited(freshness, () -> playbooks.versionOf(playbook), () -> history(playbook));
        return at(history)
                .body(history.revision(revision)
                        .map(GuideResponses::playbookRevision)
                        .orElseThrow(GuideController::noSuchRevision));
    }

    /** The runbooks in use that match what is known of an incident, the best first, with the reasons. */
    @GetMapping("/incidents/{incident}/runbooks")
    @Operation(operationId = "suggestRunbooks")
    ResponseEntity<SuggestionsResponse> suggestions(
            Principal principal,
            @PathVariable IncidentId incident,
            Freshness freshness,
            @RequestParam Optional<Long> minPosition) {
        Waiting.until(freshness.minVersion(), freshness.patience(), () -> incidents.versionOf(incident));
        var position = minPosition.map(OptionalLong::of).orElse(OptionalLong.empty());
        Waiting.until(position, freshness.patience(), guides::position);
        if (!access.maySee(principal, incident)) {
            throw Refusal.INCIDENT_NOT_DECLARED.because("There is no incident " + incident + ".");
        }
        var view = new IncidentFold()
                .replay(incidents.of(incident))
                .orElseThrow(() -> Refusal.INCIDENT_NOT_DECLARED.because("There is no incident " + incident + "."));
        return ResponseEntity.ok(GuideResponses.suggestions(view, guides.suggestions(view)));
    }

    private GuideHistory<RunbookContent> history(RunbookId runbook) {
        return GuideFold.runbook(runbooks.of(runbook))
                .orElseThrow(() -> Refusal.RUNBOOK_NOT_DRAFTED.because("There is no runbook " + runbook + "."));
    }

    private GuideHistory<PlaybookContent> history(PlaybookId playbook) {
        return GuideFold.playbook(playbooks.of(playbook))
                .orElseThrow(() -> Refusal.PLAYBOOK_NOT_DRAFTED.because("There is no playbook " + playbook + "."));
    }

    private static RuntimeException noSuchRevision() {
        return ProblemCode.NOT_FOUND.because("There is no such revision.");
    }

    /** Waits until the log has what the answer must know; it is folded from the log then. */
    private static <T> T waited(Freshness freshness, LongSupplier version, Supplier<T> answer) {
        Waiting.until(freshness.minVersion(), freshness.patience(), version);
        return answer.get();
    }

    private static <C extends GuideContent> ResponseEntity.BodyBuilder at(GuideHistory<C> history) {
        return EntityTags.ok(EntityTags.of(history.guide().version()));
    }

    private OptionalLong behind(Page page) {
        return cursors.numbers(page, 1).map(n -> OptionalLong.of(n[0])).orElse(OptionalLong.empty());
    }

    /** How a part of a list is put in words. */
    private interface Answer<C extends GuideContent, B> {
        B of(Positioned<List<Guide<C>>> read, Lists.Part<Guide<C>> part);
    }

    private <C extends GuideContent, B> ResponseEntity<B> list(
            Principal principal,
            Freshness freshness,
            Page page,
            WebRequest request,
            Supplier<Positioned<List<Guide<C>>>> read,
            Answer<C, B> answer) {
        Waiting.until(freshness.minPosition(), freshness.patience(), guides::position);
        // Before the view is asked: a cursor that is wrong is told even to who has the answer already.
        behind(page);
        Function<Guide<C>, String> cursor = last -> cursors.at(page, last.place());
        return Lists.answer(
                request,
                Lists.question(page, access.viewer(principal)),
                guides.position(),
                read,
                found -> answer.of(found, Lists.part(found.value(), page, cursor)));
    }
}
