package org.incidenttimeline.core.command;

/** Everything that one can ask: of an incident, a runbook or a playbook. */
public sealed interface DomainCommand permits IncidentCommand, RunbookCommand, PlaybookCommand {
    /** The stream whose events decide it, and which takes what follows. */
    String streamId();
}
