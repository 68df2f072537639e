package org.incidenttimeline.api.exercise;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.problem.Problem.FieldError;
import org.incidenttimeline.api.problem.ProblemCode;
import org.incidenttimeline.api.submission.Caller;
import org.incidenttimeline.api.submission.CommandAnswer;
import org.incidenttimeline.api.submission.CommandsAt;
import org.incidenttimeline.api.submission.Submissions;
import org.incidenttimeline.core.command.IncidentCommand.DeliverInject;
import org.incidenttimeline.core.command.IncidentCommand.EndExercise;
import org.incidenttimeline.core.command.IncidentCommand.PlanInjects;
import org.incidenttimeline.core.event.IncidentEvent.InjectsPlanned;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.ItemId.InjectId;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.core.event.Sha256;
import org.incidenttimeline.core.event.Text;
import org.incidenttimeline.core.history.IncidentHistory;
import org.incidenttimeline.core.incident.Refusal;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/**
 * The script of a drill. The log comes first and the script's words after it: where the second fails, nothing is delivered,
 * and the same script sent again is kept then.
 */
@CommandsAt("/api/v1/incidents/{incident}/exercise")
class ExerciseController {
    private final Submissions submissions;
    private final Scripts scripts;
    private final IncidentHistory history;

    ExerciseController(Submissions submissions, Scripts scripts, IncidentHistory history) {
        this.submissions = submissions;
        this.scripts = scripts;
        this.history = history;
    }

    @PostMapping("/script")
    ResponseEntity<CommandAnswer> plan(
            Caller caller, @PathVariable IncidentId incident, @RequestBody PlanInjectsRequest request) {
        int count = request.injects().size();
        if (count > Limits.INJECTS) {
            throw ProblemCode.INVALID_REQUEST.because(
                    "The script is too long.",
                    List.of(new FieldError("/injects", "must have at most " + Limits.INJECTS + " elements")));
        }
        var digest = request.digest();
        var answer =
                submissions.submit(new PlanInjects(incident, caller.time(request.occurredAt()), count, digest), caller);
        scripts.keep(injects(incident, idsOf(incident, digest), request, caller.askedAt()));
        return answer;
    }

    private List<InjectId> idsOf(IncidentId incident, Sha256 script) {
        return history.of(incident).reversed().stream()
                .map(RecordedEvent::event)
                .filter(InjectsPlanned.class::isInstance)
                .map(InjectsPlanned.class::cast)
                .filter(planned -> planned.script().equals(script))
                .findFirst()
                .map(InjectsPlanned::injects)
                .orElseThrow(() -> new IllegalStateException("the log lacks a script that it accepted"));
    }

    private static List<Inject> injects(
            IncidentId incident, List<InjectId> ids, PlanInjectsRequest request, Instant askedAt) {
        var start = request.startsAt().orElse(askedAt);
        return IntStream.range(0, ids.size())
                .mapToObj(i -> {
                    var planned = request.injects().get(i);
                    return new Inject(
                            incident,
                            ids.get(i),
                            planned.dueAt(start),
                            planned.kind(),
                            planned.what(),
                            Inject.Status.PLANNED);
                })
                .toList();
    }

    @PostMapping("/injects/{inject}/delivery")
    ResponseEntity<CommandAnswer> deliver(
            Caller caller,
            @PathVariable IncidentId incident,
            @PathVariable InjectId inject,
            @RequestBody DeliverInjectRequest request) {
        var planned = scripts.find(incident, inject)
                .orElseThrow(() -> Refusal.UNKNOWN_INJECT.because(
                        "There is no " + inject + " in this incident.", Map.of("id", inject.value())));
        var answer = submissions.submit(
                new DeliverInject(incident, caller.time(request.occurredAt()), inject, planned.kind(), planned.what()),
                caller);
        scripts.became(incident, inject, Inject.Status.DELIVERED);
        return answer;
    }

    record DeliverInjectRequest(Optional<OccurredAt> occurredAt) {}

    @PostMapping("/end")
    ResponseEntity<CommandAnswer> end(
            Caller caller, @PathVariable IncidentId incident, @RequestBody EndExerciseRequest request) {
        var answer = submissions.submit(
                new EndExercise(incident, caller.time(request.occurredAt()), request.because()), caller);
        scripts.withhold(incident);
        return answer;
    }

    record EndExerciseRequest(Optional<OccurredAt> occurredAt, Optional<Text> because) {}
}
