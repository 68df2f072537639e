package org.incidenttimeline.api.problem;

import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/** What can go wrong besides a rule's refusal. The codes never change; docs/api/README.md lists them. */
public enum ProblemCode {
    /** The request is not HTTP as we understand it. */
    BAD_REQUEST(HttpStatus.BAD_REQUEST),
    /** The body is not one JSON value in UTF-8, or names a field twice. */
    MALFORMED_JSON(HttpStatus.BAD_REQUEST),
    /** The body is deeper, longer or finer than JSON may be here. */
    JSON_LIMIT_EXCEEDED(HttpStatus.BAD_REQUEST),
    /** Fields of the body are missing, unknown or wrong; they are listed. */
    INVALID_REQUEST(HttpStatus.BAD_REQUEST),
    /** A parameter of the query is wrong. */
    INVALID_PARAMETER(HttpStatus.BAD_REQUEST),
    /** A cursor was not made for this list and these filters. */
    INVALID_CURSOR(HttpStatus.BAD_REQUEST),
    /** A header is wrong. */
    INVALID_HEADER(HttpStatus.BAD_REQUEST),
    /** A credential was given in the address, where others read it. */
    CREDENTIAL_IN_QUERY(HttpStatus.BAD_REQUEST),
    /** The request carries no credential. */
    CREDENTIAL_REQUIRED(HttpStatus.UNAUTHORIZED),
    /** The credential is not one that we gave out or trust, or it has expired or was revoked. */
    CREDENTIAL_INVALID(HttpStatus.UNAUTHORIZED),
    /** None of the credential's roles may do this. */
    NOT_ALLOWED(HttpStatus.FORBIDDEN),
    /** The credential is confined to other services. */
    SERVICE_NOT_ALLOWED(HttpStatus.FORBIDDEN),
    /** Only a tool may name a human that it acts for. */
    DELEGATION_NOT_ALLOWED(HttpStatus.FORBIDDEN),
    /** A delivery does not prove that it comes from a source that is known here. */
    DELIVERY_NOT_PROVEN(HttpStatus.UNAUTHORIZED),
    /** There is nothing at this address. */
    NOT_FOUND(HttpStatus.NOT_FOUND),
    /** The address is right, the method is not. */
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED),
    /** The answer does not exist in a form that the caller accepts. */
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE),
    /** There is no such API key. */
    UNKNOWN_API_KEY(HttpStatus.NOT_FOUND),
    /** The API key has expired or was revoked. */
    API_KEY_ENDED(HttpStatus.CONFLICT),
    /** Without this API key nobody could manage credentials any more. */
    LAST_ADMIN_KEY(HttpStatus.CONFLICT),
    /** There are as many API keys as there may be; revoke some. */
    TOO_MANY_API_KEYS(HttpStatus.CONFLICT),
    /** The incident, runbook or playbook was changed by others at the same time, again and again. */
    CHANGED_CONCURRENTLY(HttpStatus.CONFLICT),
    /** An open incident has this deduplication key; the Location names it. */
    DEDUP_KEY_TAKEN(HttpStatus.CONFLICT),
    /** There is a source of this name already. */
    SOURCE_ALREADY_EXISTS(HttpStatus.CONFLICT),
    /** Views are being built anew; one rebuild goes on at a time. */
    REBUILD_UNDER_WAY(HttpStatus.CONFLICT),
    /** The same request is being worked on. */
    REQUEST_UNDER_WAY(HttpStatus.CONFLICT),
    /** The caller has seen more of the log than there is: it was put back to an older state. */
    LOG_ROLLED_BACK(HttpStatus.CONFLICT),
    /** The incident, runbook or playbook is not at the version that If-Match names. */
    VERSION_MOVED(HttpStatus.PRECONDITION_FAILED),
    /** The body is larger than allowed. */
    BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE),
    /** The service does not answer to the name in the Host header. */
    HOST_NOT_ALLOWED(HttpStatus.MISDIRECTED_REQUEST),
    /** The body is not plain application/json in UTF-8. */
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE),
    /** A credential was pasted into what is to be recorded. */
    SECRET_DETECTED(HttpStatus.UNPROCESSABLE_CONTENT),
    /** The incident to merge into does not exist. */
    UNKNOWN_MERGE_TARGET(HttpStatus.UNPROCESSABLE_CONTENT),
    /** The credential, or the address, has asked too often; Retry-After says when it may again. */
    RATE_LIMITED(HttpStatus.TOO_MANY_REQUESTS),
    /** The identity provider does not answer, so nobody can tell whether the token is good. */
    IDENTITY_PROVIDER_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE),
    /** Something else was asked under the same Idempotency-Key. */
    IDEMPOTENCY_KEY_REUSED(HttpStatus.UNPROCESSABLE_CONTENT),
    /** There are as many open streams of events as there may be. */
    TOO_MANY_STREAMS(HttpStatus.TOO_MANY_REQUESTS),
    /** The URL is not one that webhooks may be sent to. */
    WEBHOOK_TARGET_NOT_ALLOWED(HttpStatus.UNPROCESSABLE_CONTENT),
    /** There are as many subscriptions as there may be. */
    TOO_MANY_WEBHOOKS(HttpStatus.CONFLICT),
    /** So many imports are unfinished that another one has to wait. */
    TOO_MANY_IMPORTS(HttpStatus.TOO_MANY_REQUESTS),
    /** What the answer must know already is not there yet, and the wait is over. */
    FRESHNESS_NOT_REACHED(HttpStatus.SERVICE_UNAVAILABLE),
    /** The incident has no such version yet. */
    VERSION_NOT_REACHED(HttpStatus.NOT_FOUND),
    /** An answer about the past would have to go through more incidents than one question may. */
    TOO_MUCH_TO_REPLAY(HttpStatus.UNPROCESSABLE_CONTENT),
    /** Whether changes are frozen cannot be known now, and the caller asked to be stopped then. */
    FREEZES_UNKNOWN(HttpStatus.SERVICE_UNAVAILABLE),
    /** A fault of ours. */
    INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR),
    /** The log cannot be written or read now, and nothing was recorded. */
    LOG_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE),
    /** A check of the ledger found the record changed; until that is cleared up nothing is added to it. */
    LOG_READ_ONLY(HttpStatus.SERVICE_UNAVAILABLE),
    /** The log did not answer; whether the command is recorded shows when the request is sent again under its key. */
    OUTCOME_UNKNOWN(HttpStatus.SERVICE_UNAVAILABLE);

    private final HttpStatus status;

    ProblemCode(HttpStatus status) {
        this.status = status;
    }

    public HttpStatus status() {
        return status;
    }

    /** The stable code that tools see, for instance {@code body-too-large}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A problem of this kind, told in a sentence. */
    public Problem problem(String detail) {
        return Problem.of(status, code(), detail);
    }

    /** The same, to be thrown. */
    public ProblemException because(String detail) {
        return new ProblemException(problem(detail));
    }

    /** The same, with the fields that are wrong. */
    public ProblemException because(String detail, List<Problem.FieldError> errors) {
        return new ProblemException(problem(detail).with(errors));
    }
}
