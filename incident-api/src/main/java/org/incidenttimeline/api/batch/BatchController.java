package org.incidenttimeline.api.batch;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.incidenttimeline.api.access.AccessRules;
import org.incidenttimeline.api.access.Denial;
import org.incidenttimeline.api.access.IncidentAccess;
import org.incidenttimeline.api.caching.Tagged;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.problem.Problem.FieldError;
import org.incidenttimeline.api.problem.ProblemCode;
import org.incidenttimeline.api.problem.ProblemException;
import org.incidenttimeline.api.submission.BatchAnswer;
import org.incidenttimeline.api.submission.Caller;
import org.incidenttimeline.api.submission.CommandReader;
import org.incidenttimeline.api.submission.Submissions;
import org.incidenttimeline.core.command.BatchRefused;
import org.incidenttimeline.core.command.IncidentCommand;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.incident.RefusedException;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Several commands in one request. */
@RestController
class BatchController {
    private final CommandReader reader;
    private final Submissions submissions;
    private final IncidentAccess access;

    BatchController(CommandReader reader, Submissions submissions, IncidentAccess access) {
        this.reader = reader;
        this.submissions = submissions;
        this.access = access;
    }

    /** Several commands for one incident, recorded all or not at all. The first one may declare it. */
    @PostMapping(
            path = "/api/v1/incidents/{incidentId}/commands",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Tagged
    @Operation(operationId = "giveCommands")
    @ApiResponse(responseCode = "201", description = "The incident is new.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "200", description = "The incident was there.", useReturnTypeSchema = true)
    ResponseEntity<BatchAnswer> submit(
            Caller caller,
            @PathVariable IncidentId incidentId,
            @RequestBody BatchRequest request,
            HttpServletRequest asked) {
        if (!request.declares()) {
            access.requireSeen(caller.principal(), incidentId, asked);
        }
        return submissions.submitAll(() -> commands(incidentId, request, caller), request.declares(), caller);
    }

    /** Reads all commands, and tells of all that are wrong. */
    private List<IncidentCommand> commands(IncidentId incident, BatchRequest request, Caller caller) {
        var given = request.commands();
        if (given.isEmpty() || given.size() > Limits.BATCH_COMMANDS) {
            throw wrong(List.of(new FieldError("/commands", "must have 1 to " + Limits.BATCH_COMMANDS + " commands")));
        }
        var commands = new ArrayList<IncidentCommand>(given.size());
        var errors = new ArrayList<FieldError>();
        for (int i = 0; i < given.size(); i++) {
            var command = given.get(i);
            String pointer = "/commands/" + i;
            if (i > 0 && command.path().equals(CommandReader.DECLARATION)) {
                errors.add(new FieldError(pointer + "/path", "must not be empty: only the first command can declare"));
                continue;
            }
            requireAllowed(incident, command.path(), pointer, caller);
            try {
                commands.add(reader.read(incident, command.path(), command.body(), caller));
            } catch (ProblemException e) {
                errors.addAll(errors(pointer, e));
            } catch (RefusedException e) {
                throw new BatchRefused(i, e);
            }
        }
        if (!errors.isEmpty()) {
            throw wrong(errors);
        }
        return commands;
    }

    /** Each command needs the role that it would need alone. */
    private static void requireAllowed(IncidentId incident, String path, String pointer, Caller caller) {
        String alone = "/api/v1/incidents" + (path.equals(CommandReader.DECLARATION) ? "" : "/" + incident + path);
        boolean allowed = AccessRules.rule(HttpMethod.POST, alone)
                .map(rule -> rule.allows(caller.principal()))
                // There is no such command; its path is told to be wrong.
                .orElse(true);
        if (!allowed) {
            throw Denial.because(
                            ProblemCode.NOT_ALLOWED,
                            "None of the credential's roles may give the command at \"" + path + "\".")
                    .pointingAt(pointer);
        }
    }

    /** What was wrong with a command, seen from the whole request. What is no matter of reading ends it at once. */
    private static List<FieldError> errors(String pointer, ProblemException e) {
        var problem = e.problem();
        if (problem.code().equals(ProblemCode.NOT_FOUND.code())) {
            return List.of(new FieldError(pointer + "/path", problem.detail()));
        }
        if (problem.code().equals(ProblemCode.MALFORMED_JSON.code())) {
            return List.of(new FieldError(pointer + "/body", "must be a JSON object"));
        }
        var inBody = problem.errors().stream()
                .map(error -> new FieldError(pointer + "/body" + error.pointer(), error.detail()))
                .toList();
        if (problem.code().equals(ProblemCode.SECRET_DETECTED.code())) {
            throw ProblemCode.SECRET_DETECTED.because(problem.detail(), inBody);
        }
        if (!problem.code().equals(ProblemCode.INVALID_REQUEST.code())) {
            throw e.pointingAt(pointer);
        }
        return inBody;
    }

    private static ProblemException wrong(List<FieldError> errors) {
        return ProblemCode.INVALID_REQUEST.because(
                "Fields of the request are missing, unknown or wrong.",
                errors.subList(0, Math.min(errors.size(), Limits.FIELD_ERRORS)));
    }

    /** Several commands, in the order in which they are decided. */
    record BatchRequest(List<CommandRequest> commands) {
        boolean declares() {
            return !commands.isEmpty() && commands.getFirst().path().equals(CommandReader.DECLARATION);
        }
    }

    /**
     * One command.
     *
     * @param path where it would be posted, relative to the incident; empty to declare the incident
     * @param body what would be posted there
     */
    record CommandRequest(String path, JsonNode body) {}
}
