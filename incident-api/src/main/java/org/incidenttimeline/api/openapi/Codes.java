package org.incidenttimeline.api.openapi;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidenttimeline.api.freshness.Freshness;
import org.incidenttimeline.api.page.Page;
import org.incidenttimeline.api.past.Moment;
import org.incidenttimeline.api.problem.MayAnswer;
import org.incidenttimeline.api.problem.ProblemCode;
import org.incidenttimeline.api.problem.Refusals;
import org.incidenttimeline.api.submission.Caller;
import org.incidenttimeline.core.incident.Refusal;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;

/** Which codes of problems an operation may answer with, by status. */
final class Codes {
    /** What is told where a path names something that is not there. */
    private static final Map<String, Refusal> NOT_THERE = Map.of(
            "incident", Refusal.INCIDENT_NOT_DECLARED,
            "runbook", Refusal.RUNBOOK_NOT_DRAFTED,
            "playbook", Refusal.PLAYBOOK_NOT_DRAFTED);

    private Codes() {}

    static SortedMap<HttpStatus, List<String>> of(HandlerMethod handler) {
        var codes = new TreeMap<HttpStatus, List<String>>();
        possible(handler).forEach(code -> add(codes, code.status(), code.code()));
        var path = pathVariables(handler);
        if (Operations.givesCommands(handler)) {
            for (Refusal refusal : Refusal.values()) {
                add(codes, Refusals.status(refusal, path), refusal.code());
            }
        } else {
            NOT_THERE.forEach((variable, refusal) -> {
                if (path.contains(variable) || parameters(handler).contains(variable)) {
                    add(codes, HttpStatus.NOT_FOUND, refusal.code());
                }
            });
        }
        return codes;
    }

    private static Set<ProblemCode> possible(HandlerMethod handler) {
        var codes = EnumSet.of(
                ProblemCode.BAD_REQUEST,
                ProblemCode.CREDENTIAL_IN_QUERY,
                ProblemCode.CREDENTIAL_REQUIRED,
                ProblemCode.CREDENTIAL_INVALID,
                ProblemCode.NOT_ALLOWED,
                ProblemCode.RATE_LIMITED,
                ProblemCode.IDENTITY_PROVIDER_UNAVAILABLE,
                ProblemCode.NOT_ACCEPTABLE,
                ProblemCode.HOST_NOT_ALLOWED,
                ProblemCode.INTERNAL_ERROR,
                ProblemCode.LOG_UNAVAILABLE);
        if (!pathVariables(handler).isEmpty()) {
            codes.add(ProblemCode.NOT_FOUND);
        }
        if (!parameters(handler).isEmpty()) {
            codes.add(ProblemCode.INVALID_PARAMETER);
        }
        if (Operations.takes(handler, Page.class)) {
            codes.add(ProblemCode.INVALID_CURSOR);
        }
        if (Operations.takes(handler, Freshness.class)) {
            codes.addAll(List.of(
                    ProblemCode.INVALID_PARAMETER, ProblemCode.INVALID_HEADER, ProblemCode.FRESHNESS_NOT_REACHED));
        }
        if (Operations.takes(handler, Moment.class)) {
            codes.add(ProblemCode.INVALID_PARAMETER);
            codes.add(
                    pathVariables(handler).isEmpty()
                            ? ProblemCode.TOO_MUCH_TO_REPLAY
                            : ProblemCode.VERSION_NOT_REACHED);
        }
        if (Operations.body(handler).isPresent()) {
            codes.addAll(
                    List.of(ProblemCode.MALFORMED_JSON, ProblemCode.JSON_LIMIT_EXCEEDED, ProblemCode.INVALID_REQUEST));
        }
        if (Operations.body(handler).isPresent() || Operations.takes(handler, HttpServletRequest.class)) {
            codes.addAll(List.of(ProblemCode.BODY_TOO_LARGE, ProblemCode.UNSUPPORTED_MEDIA_TYPE));
        }
        if (Operations.takes(handler, Caller.class)) {
            codes.addAll(List.of(
                    ProblemCode.INVALID_HEADER,
                    ProblemCode.DELEGATION_NOT_ALLOWED,
                    ProblemCode.SERVICE_NOT_ALLOWED,
                    ProblemCode.CHANGED_CONCURRENTLY,
                    ProblemCode.REQUEST_UNDER_WAY,
                    ProblemCode.IDEMPOTENCY_KEY_REUSED,
                    ProblemCode.DEDUP_KEY_TAKEN,
                    ProblemCode.VERSION_MOVED,
                    ProblemCode.SECRET_DETECTED,
                    ProblemCode.UNKNOWN_MERGE_TARGET,
                    ProblemCode.LOG_READ_ONLY,
                    ProblemCode.OUTCOME_UNKNOWN));
        }
        var declared = handler.getMethodAnnotation(MayAnswer.class);
        if (declared != null) {
            codes.addAll(List.of(declared.value()));
        }
        return codes;
    }

    private static Set<String> pathVariables(HandlerMethod handler) {
        return names(handler, PathVariable.class);
    }

    private static Set<String> parameters(HandlerMethod handler) {
        return names(handler, RequestParam.class);
    }

    private static Set<String> names(HandlerMethod handler, Class<? extends Annotation> annotation) {
        return Stream.of(handler.getMethodParameters())
                .filter(parameter -> parameter.hasParameterAnnotation(annotation))
                .map(parameter -> String.valueOf(parameter.getParameter().getName()))
                .collect(Collectors.toSet());
    }

    private static void add(Map<HttpStatus, List<String>> codes, HttpStatus status, String code) {
        codes.computeIfAbsent(status, _ -> new ArrayList<>()).add(code);
    }
}
