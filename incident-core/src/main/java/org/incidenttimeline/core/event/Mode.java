package org.incidenttimeline.core.event;

/** Whether an incident is happening, is practised, is a trial of the tool, or was entered afterwards from a record kept elsewhere. */
public enum Mode {
    LIVE,
    DRILL,
    TEST,
    BACKFILLED
}
