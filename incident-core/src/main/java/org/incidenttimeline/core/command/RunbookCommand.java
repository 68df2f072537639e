package org.incidenttimeline.core.command;

import java.util.Optional;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.RunbookContent;
import org.incidenttimeline.core.event.RunbookId;
import org.incidenttimeline.core.event.Text;

/** Everything that one can ask of a runbook. */
public sealed interface RunbookCommand extends DomainCommand {
    RunbookId runbookId();

    @Override
    default String streamId() {
        return runbookId().streamId();
    }

    /** Write one. */
    record DraftRunbook(RunbookId runbookId, RunbookContent content, Person author) implements RunbookCommand {}

    /** Write it anew, as a whole. */
    record ReviseRunbook(RunbookId runbookId, RunbookContent content, Person author, Text because)
            implements RunbookCommand {}

    /** Stand for the newest revision, named so that nobody approves what they have not read. */
    record ApproveRunbook(RunbookId runbookId, int revision, Actor approver, Optional<Text> overrideBecause)
            implements RunbookCommand {}

    /** Take it out of use. */
    record RetireRunbook(RunbookId runbookId, Text because) implements RunbookCommand {}
}
