package org.incidenttimeline.core.event;

import java.util.Optional;

/**
 * Everything that can happen to a playbook. It is written here and nowhere else, so the time of recording is when it
 * happened, and no other is claimed.
 */
public sealed interface PlaybookEvent extends DomainEvent {
    PlaybookId playbookId();

    @Override
    default String streamId() {
        return playbookId().streamId();
    }

    /** It was written for the first time: revision 1. Nobody is told to act on it before it is approved. */
    record PlaybookDrafted(PlaybookId playbookId, PlaybookContent content, Person author) implements PlaybookEvent {}

    /** It was written anew. The revision approved before stays the one in use until this one is approved. */
    record PlaybookRevised(PlaybookId playbookId, int revision, PlaybookContent content, Person author, Text because)
            implements PlaybookEvent {}

    /** Somebody stands for a revision: it is the one in use from now on. The reason says why its own author did. */
    record PlaybookApproved(PlaybookId playbookId, int revision, Person approver, Optional<Text> overrideBecause)
            implements PlaybookEvent {}

    /** It is in use no more, and stays to be read. */
    record PlaybookRetired(PlaybookId playbookId, Text because) implements PlaybookEvent {}
}
