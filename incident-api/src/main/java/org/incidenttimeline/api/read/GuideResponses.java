package org.incidenttimeline.api.read;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.event.*;
import org.incidenttimeline.core.event.PlaybookContent.CommunicationLine;
import org.incidenttimeline.core.event.PlaybookContent.DecisionPoint;
import org.incidenttimeline.core.event.PlaybookContent.Escalation;
import org.incidenttimeline.core.event.PlaybookContent.RoleTaken;
import org.incidenttimeline.projections.guidance.Guide;
import org.incidenttimeline.projections.guidance.GuideHistory;
import org.incidenttimeline.projections.guidance.Revision;
import org.incidenttimeline.projections.guidance.Suggestion;
import org.incidenttimeline.projections.incident.IncidentView;

/** How runbooks, playbooks and suggestions are answered. */
final class GuideResponses {
    private GuideResponses() {}

    /** A part of the list; {@code next} is the cursor of the part behind it. */
    record RunbooksResponse(long position, List<ListedRunbookResponse> runbooks, Optional<String> next) {}

    /** A part of the list; {@code next} is the cursor of the part behind it. */
    record PlaybooksResponse(long position, List<ListedPlaybookResponse> playbooks, Optional<String> next) {}

    /** A runbook of the list, by its revision in use, or by its newest while none is. */
    record ListedRunbookResponse(
            RunbookId runbookId,
            long version,
            Guide.State state,
            int newest,
            Optional<Integer> inUse,
            Title title,
            List<ServiceName> services,
            List<Text> symptoms,
            Duration readingTime) {}

    /** A playbook of the list, by its revision in use, or by its newest while none is. */
    record ListedPlaybookResponse(
            PlaybookId playbookId,
            long version,
            Guide.State state,
            int newest,
            Optional<Integer> inUse,
            Title title,
            List<ServiceName> services) {}

    /** A runbook: its newest revision, the one in use, and what is known of every revision. */
    record RunbookResponse(
            RunbookId runbookId,
            long version,
            Guide.State state,
            Optional<Text> retiredBecause,
            RunbookRevisionResponse newest,
            Optional<RunbookRevisionResponse> inUse,
            List<RevisionResponse> revisions) {}

    /** A playbook, in the same shape. */
    record PlaybookResponse(
            PlaybookId playbookId,
            long version,
            Guide.State state,
            Optional<Text> retiredBecause,
            PlaybookRevisionResponse newest,
            Optional<PlaybookRevisionResponse> inUse,
            List<RevisionResponse> revisions) {}

    /** Who wrote a revision and who stands for it. */
    record RevisionResponse(
            int revision,
            Person author,
            Instant writtenAt,
            Optional<Text> because,
            Optional<ApprovalResponse> approval) {
        static RevisionResponse of(Revision<?> revision) {
            return new RevisionResponse(
                    revision.number(),
                    revision.author(),
                    revision.writtenAt(),
                    revision.because(),
                    revision.approval().map(a -> new ApprovalResponse(a.approver(), a.at(), a.overrideBecause())));
        }
    }

    /** That somebody stands for a revision; the reason says why its own author did. */
    record ApprovalResponse(Person approver, Instant approvedAt, Optional<Text> overrideBecause) {}

    /** What to do, by the number under which its completion is told. */
    record StepResponse(int step, Text action, Optional<Text> expected) {}

    /** What a revision of a runbook says. */
    record RunbookRevisionResponse(
            RevisionResponse written,
            Title title,
            List<ServiceName> services,
            Duration readingTime,
            List<Text> symptoms,
            List<StepResponse> firstChecks,
            List<StepResponse> safeMitigations,
            Text escalateWhen,
            List<StepResponse> restoredWhen,
            List<StepResponse> rollback) {}

    /** What a revision of a playbook says. */
    record PlaybookRevisionResponse(
            RevisionResponse written,
            Title title,
            List<ServiceName> services,
            List<RoleTaken> roles,
            List<Escalation> escalations,
            List<DecisionPoint> decisions,
            List<CommunicationLine> communication) {}

    /** The runbooks that match an incident at a version, the best first. */
    record SuggestionsResponse(IncidentId incidentId, long version, List<SuggestionResponse> suggestions) {}

    /** A runbook that matches, and why; {@code followed} says that the incident follows that revision. */
    record SuggestionResponse(
            RunbookId runbookId,
            int revision,
            Title title,
            Duration readingTime,
            int score,
            List<ServiceName> services,
            List<RecognisedResponse> symptoms,
            boolean followed) {}

    /** A symptom of the runbook, and its words that the incident has too. */
    record RecognisedResponse(Text symptom, List<String> words) {}

    static ListedRunbookResponse listedRunbook(Guide<RunbookContent> guide) {
        var content = guide.content();
        return new ListedRunbookResponse(
                new RunbookId(guide.id()),
                guide.version(),
                guide.state(),
                guide.newest().number(),
                guide.inUse().map(Revision::number),
                content.title(),
                content.services(),
                content.symptoms(),
                content.readingTime());
    }

    static ListedPlaybookResponse listedPlaybook(Guide<PlaybookContent> guide) {
        var content = guide.content();
        return new ListedPlaybookResponse(
                new PlaybookId(guide.id()),
                guide.version(),
                guide.state(),
                guide.newest().number(),
                guide.inUse().map(Revision::number),
                content.title(),
                content.services());
    }

    static RunbookResponse runbook(GuideHistory<RunbookContent> history) {
        var guide = history.guide();
        return new RunbookResponse(
                new RunbookId(guide.id()),
                guide.version(),
                guide.state(),
                guide.retiredBecause(),
                runbookRevision(guide.newest()),
                guide.inUse().map(GuideResponses::runbookRevision),
                history.revisions().stream().map(RevisionResponse::of).toList());
    }

    static PlaybookResponse playbook(GuideHistory<PlaybookContent> history) {
        var guide = history.guide();
        return new PlaybookResponse(
                new PlaybookId(guide.id()),
                guide.version(),
                guide.state(),
                guide.retiredBecause(),
                playbookRevision(guide.newest()),
                guide.inUse().map(GuideResponses::playbookRevision),
                history.revisions().stream().map(RevisionResponse::of).toList());
    }

    static RunbookRevisionResponse runbookRevision(Revision<RunbookContent> revision) {
        var content = revision.content();
        int before = 0;
        var firstChecks = steps(content.firstChecks(), before);
        before += firstChecks.size();
        var safeMitigations = steps(content.safeMitigations(), before);
        before += safeMitigations.size();
        var restoredWhen = steps(content.restoredWhen(), before);
        before += restoredWhen.size();
        return new RunbookRevisionResponse(
                RevisionResponse.of(revision),
                content.title(),
                content.services(),
                content.readingTime(),
                content.symptoms(),
                firstChecks,
                safeMitigations,
                content.escalateWhen(),
                restoredWhen,
                steps(content.rollback(), before));
    }

    private static List<StepResponse> steps(List<RunbookStep> steps, int before) {
        var numbered = new ArrayList<StepResponse>();
        for (var step : steps) {
            numbered.add(new StepResponse(before + numbered.size() + 1, step.action(), step.expected()));
        }
        return numbered;
    }

    static PlaybookRevisionResponse playbookRevision(Revision<PlaybookContent> revision) {
        var content = revision.content();
        return new PlaybookRevisionResponse(
                RevisionResponse.of(revision),
                content.title(),
                content.services(),
                content.roles(),
                content.escalations(),
                content.decisions(),
                content.communication());
    }

    static SuggestionsResponse suggestions(IncidentView incident, List<Suggestion> suggestions) {
        return new SuggestionsResponse(
                incident.incidentId(),
                incident.version(),
                suggestions.stream().map(s -> suggestion(incident, s)).toList());
    }

    private static SuggestionResponse suggestion(IncidentView incident, Suggestion suggestion) {
        var runbook = suggestion.runbook();
        return new SuggestionResponse(
                runbook.runbookId(),
                runbook.revision(),
                runbook.title(),
                runbook.readingTime(),
                suggestion.score(),
                suggestion.services(),
                suggestion.symptoms().stream()
                        .map(r -> new RecognisedResponse(r.symptom(), r.words()))
                        .toList(),
                incident.runbooks().stream()
                        .anyMatch(
                                f -> f.runbookId().equals(runbook.runbookId()) && f.revision() == runbook.revision()));
    }
}
