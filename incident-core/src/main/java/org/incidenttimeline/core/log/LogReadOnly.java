package org.incidenttimeline.core.log;

/**
 * A check found the record changed, so that nothing may be added to it until somebody has looked; nothing was written.
 */
public final class LogReadOnly extends LogFailure {

    private static final long serialVersionUID = 1L;

    LogReadOnly(String fault) {
        super("the log is read-only since a check of the ledger failed: " + fault, null);
    }
}
