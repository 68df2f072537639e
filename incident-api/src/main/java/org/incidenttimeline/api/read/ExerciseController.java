package org.incidenttimeline.api.read;

import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.util.List;
import org.incidenttimeline.api.exercise.Inject;
import org.incidenttimeline.api.exercise.Scripts;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.InjectKind;
import org.incidenttimeline.core.event.ItemId.InjectId;
import org.incidenttimeline.core.event.Text;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The script of a drill, for its facilitator. Those who practise must not read it. */
@RestController("exerciseReadController")
class ExerciseController {
    private final Scripts scripts;

    ExerciseController(Scripts scripts) {
        this.scripts = scripts;
    }

    @GetMapping(path = "/api/v1/incidents/{incident}/exercise/script", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "getScript")
    ResponseEntity<ScriptResponse> script(@PathVariable IncidentId incident) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new ScriptResponse(
                        incident,
                        scripts.of(incident).stream().map(InjectResponse::of).toList()));
    }

    record ScriptResponse(IncidentId incidentId, List<InjectResponse> injects) {}

    record InjectResponse(InjectId injectId, Instant dueAt, InjectKind kind, Text what, Inject.Status status) {
        static InjectResponse of(Inject inject) {
            return new InjectResponse(inject.injectId(), inject.dueAt(), inject.kind(), inject.what(), inject.status());
        }
    }
}
