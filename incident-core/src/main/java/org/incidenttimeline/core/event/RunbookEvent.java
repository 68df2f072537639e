package org.incidenttimeline.core.event;

import java.util.Optional;

/**
 * Everything that can happen to a runbook. It is written here and nowhere else, so the time of recording is when it
 * happened, and no other is claimed.
 */
public sealed interface RunbookEvent extends DomainEvent {
    RunbookId runbookId();

    @Override
    default String streamId() {
        return runbookId().streamId();
    }

    /** It was written for the first time: revision 1. Nobody is told to act on it before it is approved. */
    record RunbookDrafted(RunbookId runbookId, RunbookContent content, Person author) implements RunbookEvent {}

    /** It was written anew. The revision approved before stays the one in use until this one is approved. */
    record RunbookRevised(RunbookId runbookId, int revision, RunbookContent content, Person author, Text because)
            implements RunbookEvent {}

    /** Somebody stands for a revision: it is the one in use from now on. The reason says why its own author did. */
    record RunbookApproved(RunbookId runbookId, int revision, Person approver, Optional<Text> overrideBecause)
            implements RunbookEvent {}

    /** It is in use no more, and stays to be read. */
    record RunbookRetired(RunbookId runbookId, Text because) implements RunbookEvent {}
}
