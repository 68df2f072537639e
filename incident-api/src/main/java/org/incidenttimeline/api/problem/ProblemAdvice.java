package org.incidenttimeline.api.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.incidenttimeline.core.command.BatchRefused;
import org.incidenttimeline.core.command.NotAccepted;
import org.incidenttimeline.core.event.InvalidValue;
import org.incidenttimeline.core.incident.RefusedException;
import org.incidenttimeline.core.log.LogUnavailable;
import org.incidenttimeline.projections.store.TooMuchToReplay;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.ResolvableType;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.util.UriComponentsBuilder;

/** Turns whatever ends the handling of a request into a problem for its caller. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);
    private static final String SECONDS_UNTIL_RETRY = "5";

    @ExceptionHandler
    ResponseEntity<Object> refused(RefusedException e, HttpServletRequest request) {
        var refusal = e.refusal();
        var problem = Problem.of(Refusals.status(refusal, pathVariables(request)), refusal.code(), message(e))
                .with(e.facts());
        String field = e.facts().get("field");
        return answer(field == null ? problem : problem.with(List.of(new Problem.FieldError("/" + field, message(e)))));
    }

    /** A path in a batch is part of the body, so that what it names and what is not there is an error in the body. */
    @ExceptionHandler
    ResponseEntity<Object> batchRefused(BatchRefused e) {
        var refusal = e.refusal().refusal();
        String pointer = "/commands/" + e.index();
        String field = e.refusal().facts().get("field");
        var facts = new TreeMap<>(e.refusal().facts());
        facts.put("command", Integer.toString(e.index()));
        return answer(Problem.of(Refusals.status(refusal, Set.of()), refusal.code(), message(e))
                .with(facts)
                .with(List.of(
                        new Problem.FieldError(field == null ? pointer : pointer + "/body/" + field, message(e)))));
    }

    @ExceptionHandler
    ResponseEntity<Object> notAccepted(NotAccepted e) {
        var code = switch (e.reason()) {
            case VERSION_MOVED -> ProblemCode.VERSION_MOVED;
            case CHANGED_CONCURRENTLY -> ProblemCode.CHANGED_CONCURRENTLY;
            case DEDUP_KEY_TAKEN -> ProblemCode.DEDUP_KEY_TAKEN;
            case LOG_UNAVAILABLE -> ProblemCode.LOG_UNAVAILABLE;
            case LOG_READ_ONLY -> ProblemCode.LOG_READ_ONLY;
            case IDEMPOTENCY_KEY_REUSED -> ProblemCode.IDEMPOTENCY_KEY_REUSED;
            case OUTCOME_UNKNOWN -> ProblemCode.OUTCOME_UNKNOWN;
        };
        var headers = new HttpHeaders();
        switch (e.reason()) {
            case DEDUP_KEY_TAKEN -> {
                String open = e.facts().get("incidentId");
                if (open != null) {
                    headers.setLocation(UriComponentsBuilder.fromPath("/api/v1/incidents/{incident}")
                            .build(open));
                }
            }
            case LOG_UNAVAILABLE -> {
                LOG.warn("The log cannot be written.", e);
                headers.set(HttpHeaders.RETRY_AFTER, SECONDS_UNTIL_RETRY);
            }
            case OUTCOME_UNKNOWN -> LOG.warn("The log did not answer a commit.", e);
            case LOG_READ_ONLY -> LOG.warn("The log is read-only: {}", e.toString());
            case VERSION_MOVED, CHANGED_CONCURRENTLY, IDEMPOTENCY_KEY_REUSED -> {}
        }
        return answer(code.problem(message(e)).with(e.facts()), headers);
    }

    @ExceptionHandler
    ResponseEntity<Object> problem(ProblemException e) {
        var headers = new HttpHeaders();
        if (e.problem().status() == HttpStatus.SERVICE_UNAVAILABLE.value()
                || e.problem().status() == HttpStatus.TOO_MANY_REQUESTS.value()
                || e.problem().code().equals(ProblemCode.REQUEST_UNDER_WAY.code())) {
            headers.set(HttpHeaders.RETRY_AFTER, "1");
        }
        if (e.problem().status() == HttpStatus.UNAUTHORIZED.value()) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        return answer(e.problem(), headers);
    }

    /** A read that found no database; commands are told by {@link #notAccepted}. */
    @ExceptionHandler({
        LogUnavailable.class,
        DataAccessResourceFailureException.class,
        TransientDataAccessException.class
    })
    ResponseEntity<Object> unreadable(RuntimeException e) {
        LOG.warn("The database cannot be read.", e);
        return problem(ProblemCode.LOG_UNAVAILABLE.because("The record cannot be read now; try again in a moment."));
    }

    @ExceptionHandler
    ResponseEntity<Object> tooMuch(TooMuchToReplay e) {
        return answer(ProblemCode.TOO_MUCH_TO_REPLAY.problem(message(e)));
    }

    /** A header or a parameter that the firewall lets nobody read. */
    @ExceptionHandler
    ResponseEntity<Object> rejected(RequestRejectedException e) {
        return answer(ProblemCode.BAD_REQUEST.problem("The request cannot be understood."));
    }

    @ExceptionHandler
    ResponseEntity<Object> unexpected(Exception e) {
        return fault(e);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(ProblemCode.INVALID_PARAMETER.problem("The parameter " + e.getParameterName() + " is required."));
    }

    /** A name in the path that can never name anything is a place where nothing is. */
    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (e instanceof MethodArgumentTypeMismatchException query
                && query.getParameter().hasParameterAnnotation(RequestParam.class)) {
            return answer(ProblemCode.INVALID_PARAMETER.problem(
                    "The parameter " + query.getName() + " " + expectation(query) + "."));
        }
        if (e instanceof MethodArgumentTypeMismatchException path) {
            String hint = path.getMostSpecificCause() instanceof InvalidValue invalid
                    ? " The name of the " + path.getName() + " " + message(invalid) + "."
                    : "";
            return answer(ProblemCode.NOT_FOUND.problem("There is nothing at this address." + hint));
        }
        return answer(ProblemCode.BAD_REQUEST.problem("A value in the request is of the wrong kind."));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return switch (status.value()) {
            case 404 -> answer(ProblemCode.NOT_FOUND.problem("There is nothing at this address."), headers);
            case 405 ->
                answer(
                        ProblemCode.METHOD_NOT_ALLOWED.problem(
                                "This address does not answer to this method; Allow lists those that it does."),
                        headers);
            case 406 ->
                answer(ProblemCode.NOT_ACCEPTABLE.problem("The answer is application/json; accept it."), headers);
            case 413 -> answer(ProblemCode.BODY_TOO_LARGE.problem("The body is too large."), headers);
            case 415 ->
                answer(
                        ProblemCode.UNSUPPORTED_MEDIA_TYPE.problem("Send the body as application/json in UTF-8."),
                        headers);
            default ->
                status.is4xxClientError()
                        ? answer(ProblemCode.BAD_REQUEST.problem("The request cannot be understood."), headers)
                        : fault(e);
        };
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(ProblemCode.MALFORMED_JSON.problem("The body is missing; send a JSON object, at least {}."));
    }

    private static ResponseEntity<Object> fault(Exception e) {
        String id = "urn:uuid:" + UUID.randomUUID();
        LOG.error("Fault {}", id, e);
        return answer(ProblemCode.INTERNAL_ERROR
                .problem("Something went wrong on our side. Whoever runs this finds it in the log by the instance.")
                .occurring(id));
    }

    private static ResponseEntity<Object> answer(Problem problem) {
        return answer(problem, HttpHeaders.EMPTY);
    }

    private static ResponseEntity<Object> answer(Problem problem, HttpHeaders headers) {
        return ResponseEntity.status(problem.status())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    private static String message(RuntimeException e) {
        String message = e.getMessage();
        return message == null ? "" : message;
    }

    private static String expectation(MethodArgumentTypeMismatchException e) {
        if (e.getMostSpecificCause() instanceof InvalidValue invalid) {
            return message(invalid);
        }
        var type = ResolvableType.forMethodParameter(e.getParameter().nestedIfOptional());
        var wanted = type.asCollection().equals(ResolvableType.NONE)
                ? type
                : type.asCollection().getGeneric();
        if (Number.class.isAssignableFrom(ClassUtils.resolvePrimitiveIfNecessary(wanted.toClass()))) {
            return "must be a whole number";
        }
        var constants = wanted.toClass().getEnumConstants();
        return constants == null ? "must be true or false" : "must be one of " + Arrays.toString(constants);
    }

    private static Set<String> pathVariables(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                ? Set.copyOf(variables.keySet().stream().map(String::valueOf).toList())
                : Set.of();
    }
}
