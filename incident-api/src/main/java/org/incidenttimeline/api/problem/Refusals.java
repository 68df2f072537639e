package org.incidenttimeline.api.problem;

import java.util.Set;
import org.incidenttimeline.core.incident.Refusal;
import org.springframework.http.HttpStatus;

/**
 * The HTTP status of every refusal. 404: the address names something that does not exist. 409: the same request may
 * succeed once the incident has changed. 422: only another request can succeed.
 */
public final class Refusals {
    private Refusals() {}

    /**
     * The status with which a refusal is answered.
     *
     * @param refusal what a rule said
     * @param path the names of the path's variables: an unknown thing is missing at its address, or merely named in a body
     */
    public static HttpStatus status(Refusal refusal, Set<String> path) {
        return switch (refusal) {
            case INCIDENT_NOT_DECLARED -> HttpStatus.NOT_FOUND;
            case RUNBOOK_NOT_DRAFTED -> unknown("runbook", path);
            case PLAYBOOK_NOT_DRAFTED -> unknown("playbook", path);
            case UNKNOWN_STEP -> unknown("step", path);
            case UNKNOWN_FREEZE -> unknown("freeze", path);
            case UNKNOWN_IMPACT_WINDOW -> unknown("impact", path);
            case UNKNOWN_CHANGE -> unknown("change", path);
            case UNKNOWN_EVIDENCE -> unknown("evidence", path);
            case UNKNOWN_HYPOTHESIS -> unknown("hypothesis", path);
            case UNKNOWN_TEST -> unknown("test", path);
            case UNKNOWN_MITIGATION -> unknown("mitigation", path);
            case UNKNOWN_ENTRY -> unknown("entry", path);
            case UNKNOWN_REDACTION -> unknown("request", path);
            case UNKNOWN_FINDING -> unknown("finding", path);
            case UNKNOWN_ACTION -> unknown("action", path);
            case UNKNOWN_REGIME -> unknown("regime", path);
            case UNKNOWN_STAGE -> unknown("stage", path);
            case UNKNOWN_INJECT -> unknown("inject", path);
            case INCIDENT_ALREADY_DECLARED,
                    INCIDENT_NOT_BACKFILLED,
                    IMPORTED_OTHERWISE,
                    INCIDENT_NOT_OPEN,
                    INCIDENT_ENDED,
                    INCIDENT_STILL_OPEN,
                    INCIDENT_NOT_RESOLVED,
                    REVIEW_NOT_BEGUN,
                    REVIEW_ALREADY_BEGUN,
                    ROLE_ALREADY_HELD,
                    ROLE_NOT_HELD,
                    FREEZE_STILL_ON,
                    FREEZE_NOT_ON,
                    HYPOTHESIS_ENDED,
                    HYPOTHESIS_UNDER_TEST,
                    HYPOTHESIS_NOT_PRIMARY,
                    TEST_ALREADY_RUNNING,
                    TEST_ALREADY_CONCLUDED,
                    APPROVAL_OF_LEAD_REQUIRED,
                    MITIGATION_ALREADY_RUNNING,
                    MITIGATION_NOT_RUNNING,
                    MITIGATION_ALREADY_ROLLED_BACK,
                    MITIGATION_STILL_RUNNING,
                    EVIDENCE_NOT_PRESERVED,
                    USER_FACING_CHECK_REQUIRED,
                    NEXT_UPDATE_REQUIRED,
                    INJECT_WITHHELD,
                    EXERCISE_NOT_RUNNING,
                    ACTION_ENDED,
                    CONTRIBUTING_FACTOR_REQUIRED,
                    ACTION_REQUIRED,
                    POSTMORTEM_NOT_PUBLISHED,
                    RUNBOOK_ALREADY_DRAFTED,
                    RUNBOOK_RETIRED,
                    RUNBOOK_NOT_APPROVED,
                    RUNBOOK_NOT_FOLLOWED,
                    PLAYBOOK_NOT_APPROVED,
                    PLAYBOOK_ALREADY_DRAFTED,
                    PLAYBOOK_RETIRED,
                    REVISION_NOT_LATEST,
                    APPROVAL_BY_ANOTHER_REQUIRED,
                    APPROVAL_BY_HUMAN_REQUIRED -> HttpStatus.CONFLICT;
            case ENTRY_SAYS_NOTHING,
                    OCCURRED_IN_THE_FUTURE,
                    TIMES_OUT_OF_ORDER,
                    MERGE_INTO_ITSELF,
                    EVIDENCE_REQUIRED,
                    OUTCOME_NOT_POSSIBLE,
                    MITIGATION_BASIS_REQUIRED,
                    CHECK_REQUIRED,
                    PREDICTION_REQUIRED,
                    OWNER_AND_DATE_REQUIRED,
                    NOT_AN_EXERCISE,
                    INJECT_REQUIRED,
                    AUDIENCE_REQUIRED,
                    CADENCE_OUT_OF_RANGE,
                    NOTHING_TO_CORRECT,
                    NOTHING_TO_REDACT,
                    RUNBOOK_PART_REQUIRED,
                    RUNBOOK_TOO_LONG,
                    STEP_OUTCOME_REQUIRED,
                    UNKNOWN_CLASSIFICATION,
                    TIME_REQUIRED,
                    PLAYBOOK_EMPTY,
                    PLAYBOOK_TOO_LONG,
                    ROLE_TAKEN_TWICE -> HttpStatus.UNPROCESSABLE_CONTENT;
        };
    }

    private static HttpStatus unknown(String item, Set<String> path) {
        return path.contains(item) ? HttpStatus.NOT_FOUND : HttpStatus.UNPROCESSABLE_CONTENT;
    }
}
