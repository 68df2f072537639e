package org.incidenttimeline.core.event;

/** The revision of a runbook that is in use, as it reads. Commands carry it, for the rules of an incident look nothing up. */
public record RunbookInUse(RunbookId runbookId, int revision, RunbookContent content) {}
