package org.incidenttimeline.core.incident;

import java.util.Locale;
import java.util.Map;

/** Every reason for which a rule refuses a command. The set is closed and its codes never change. */
public enum Refusal {
    /** There is no such incident. */
    INCIDENT_NOT_DECLARED,
    /** The identifier is in use by an incident that was declared before. */
    INCIDENT_ALREADY_DECLARED,
    /** Only an incident that is entered afterwards takes what a record kept elsewhere tells. */
    INCIDENT_NOT_BACKFILLED,
    /** The record told this before, in other words or of another time. */
    IMPORTED_OTHERWISE,
    /** An imported entry has words or a status; this one has neither. */
    ENTRY_SAYS_NOTHING,
    /** The command belongs to a running response, and this one has ended. */
    INCIDENT_NOT_OPEN,
    /** The record is finished: closed, cancelled or merged. */
    INCIDENT_ENDED,
    /** Only an incident that ended or was resolved can be reopened. */
    INCIDENT_STILL_OPEN,
    /** The command needs a resolved incident. */
    INCIDENT_NOT_RESOLVED,
    /** The command needs the review to have begun. */
    REVIEW_NOT_BEGUN,
    /** The review has begun already. */
    REVIEW_ALREADY_BEGUN,
    /** The time claimed lies more than a minute ahead of the server's clock. */
    OCCURRED_IN_THE_FUTURE,
    /** An interval ends before it begins, or a promise lies before the moment it was made. */
    TIMES_OUT_OF_ORDER,
    /** Somebody else holds the role; hand it over instead. */
    ROLE_ALREADY_HELD,
    /** The person named does not hold the role. */
    ROLE_NOT_HELD,
    /** An incident cannot be merged into itself. */
    MERGE_INTO_ITSELF,
    /** A freeze is still on, and would stay on with nobody to lift it. */
    FREEZE_STILL_ON,
    /** There is no such freeze. */
    UNKNOWN_FREEZE,
    /** The freeze was lifted before. */
    FREEZE_NOT_ON,
    /** There is no such impact window. */
    UNKNOWN_IMPACT_WINDOW,
    /** There is no such change. */
    UNKNOWN_CHANGE,
    /** There is no such evidence. */
    UNKNOWN_EVIDENCE,
    /** There is no such hypothesis. */
    UNKNOWN_HYPOTHESIS,
    /** A hypothesis says what it predicts and what would refute it; only one told long afterwards need not. */
    PREDICTION_REQUIRED,
    /** The hypothesis was confirmed, refuted or set aside. */
    HYPOTHESIS_ENDED,
    /** The hypothesis is being tested. */
    HYPOTHESIS_UNDER_TEST,
    /** Only the primary hypothesis is tested. */
    HYPOTHESIS_NOT_PRIMARY,
    /** There is no such test. */
    UNKNOWN_TEST,
    /** Another test is running. */
    TEST_ALREADY_RUNNING,
    /** The test was concluded before. */
    TEST_ALREADY_CONCLUDED,
    /** A risky test names the approval of the lead. */
    APPROVAL_OF_LEAD_REQUIRED,
    /** A conclusion names at least one piece of evidence. */
    EVIDENCE_REQUIRED,
    /** There is no such mitigation. */
    UNKNOWN_MITIGATION,
    /** Another mitigation is running. */
    MITIGATION_ALREADY_RUNNING,
    /** The mitigation has ended before. */
    MITIGATION_NOT_RUNNING,
    /** The mitigation was rolled back before. */
    MITIGATION_ALREADY_ROLLED_BACK,
    /** Recovery is not verified while a mitigation is running. */
    MITIGATION_STILL_RUNNING,
    /** That outcome does not go with that command. */
    OUTCOME_NOT_POSSIBLE,
    /** A destructive step waits until evidence is preserved, or the waiver says why not. */
    EVIDENCE_NOT_PRESERVED,
    /** A mitigation names the hypothesis that it rests on, or says that it is blind; not both. */
    MITIGATION_BASIS_REQUIRED,
    /** A recovery is verified by at least one check. */
    CHECK_REQUIRED,
    /** A SEV1 or SEV2 recovery needs a check that sees what users see. */
    USER_FACING_CHECK_REQUIRED,
    /** An update names at least one audience. */
    AUDIENCE_REQUIRED,
    /** Until the incident is resolved, an update says when the next one comes. */
    NEXT_UPDATE_REQUIRED,
    /** A cadence lies between a minute and a week. */
    CADENCE_OUT_OF_RANGE,
    /** There is no such timeline entry, or it is not one that can be corrected or pinned. */
    UNKNOWN_ENTRY,
    /** A correction corrects words, time or both; this one corrects nothing. */
    NOTHING_TO_CORRECT,
    /** A redaction names words of an entry that are still there. */
    NOTHING_TO_REDACT,
    /** Nobody asked for such a redaction. */
    UNKNOWN_REDACTION,
    /** There is no such finding. */
    UNKNOWN_FINDING,
    /** Only an incident of the mode DRILL has a script. */
    NOT_AN_EXERCISE,
    /** A script has at least one fact. */
    INJECT_REQUIRED,
    /** No script has such a fact. */
    UNKNOWN_INJECT,
    /** The fact is no longer to be delivered: its script was replaced, or the exercise ended. */
    INJECT_WITHHELD,
    /** No script is being delivered. */
    EXERCISE_NOT_RUNNING,
    /** There is no such action. */
    UNKNOWN_ACTION,
    /** An action has an owner and a due date; only one of an incident told long afterwards need not. */
    OWNER_AND_DATE_REQUIRED,
    /** The action was completed or dropped before. */
    ACTION_ENDED,
    /** A postmortem names at least one root cause or contributing factor. */
    CONTRIBUTING_FACTOR_REQUIRED,
    /** A postmortem has at least one action, or says why there is none. */
    ACTION_REQUIRED,
    /** An incident is closed after its postmortem was published. */
    POSTMORTEM_NOT_PUBLISHED,
    /** The installation has no template for such a regime. */
    UNKNOWN_REGIME,
    /** The regime asks for no such report. */
    UNKNOWN_STAGE,
    /** The regime has no such word, or it means the opposite decision. */
    UNKNOWN_CLASSIFICATION,
    /** A clock runs from this, so its time must be known at least about. */
    TIME_REQUIRED,
    /** There is no such runbook. */
    RUNBOOK_NOT_DRAFTED,
    /** The identifier is in use by a runbook that was drafted before. */
    RUNBOOK_ALREADY_DRAFTED,
    /** The runbook was taken out of use. */
    RUNBOOK_RETIRED,
    /** A runbook has all of its parts. */
    RUNBOOK_PART_REQUIRED,
    /** A runbook is read within ten minutes. */
    RUNBOOK_TOO_LONG,
    /** Nobody has approved the runbook, so it is not followed. */
    RUNBOOK_NOT_APPROVED,
    /** The runbook is not followed in this incident. */
    RUNBOOK_NOT_FOLLOWED,
    /** The revision that is followed has no such step. */
    UNKNOWN_STEP,
    /** A step ends with what came of it, or with the reason why it was skipped; not with both. */
    STEP_OUTCOME_REQUIRED,
    /** There is no such playbook. */
    PLAYBOOK_NOT_DRAFTED,
    /** The identifier is in use by a playbook that was drafted before. */
    PLAYBOOK_ALREADY_DRAFTED,
    /** The playbook was taken out of use. */
    PLAYBOOK_RETIRED,
    /** Nobody has approved the playbook, so it is not applied. */
    PLAYBOOK_NOT_APPROVED,
    /** A playbook gives a role to somebody, or plans how an audience hears. */
    PLAYBOOK_EMPTY,
    /** A playbook has at most fifty lines of each kind. */
    PLAYBOOK_TOO_LONG,
    /** For one severity, a playbook gives a role to two people of whom only one can hold it. */
    ROLE_TAKEN_TWICE,
    /** Only the newest revision can be approved. */
    REVISION_NOT_LATEST,
    /** Whoever wrote a revision lets somebody else approve it, or says why nobody can; a redaction is always approved by another. */
    APPROVAL_BY_ANOTHER_REQUIRED,
    /** A tool cannot stand for what responders are told, nor for what is taken out of the record. */
    APPROVAL_BY_HUMAN_REQUIRED;

    /** The stable code that tools see, for instance {@code freeze-still-on}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** This refusal with a sentence for a person and the facts that led to it. */
    public RefusedException because(String sentence, Map<String, String> facts) {
        return new RefusedException(this, sentence, facts);
    }

    public RefusedException because(String sentence) {
        return because(sentence, Map.of());
    }
}
