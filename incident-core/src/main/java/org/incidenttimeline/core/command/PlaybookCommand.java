package org.incidenttimeline.core.command;

import java.util.Optional;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.PlaybookContent;
import org.incidenttimeline.core.event.PlaybookId;
import org.incidenttimeline.core.event.Text;

/** Everything that one can ask of a playbook. */
public sealed interface PlaybookCommand extends DomainCommand {
    PlaybookId playbookId();

    @Override
    default String streamId() {
        return playbookId().streamId();
    }

    /** Write one. */
    record DraftPlaybook(PlaybookId playbookId, PlaybookContent content, Person author) implements PlaybookCommand {}

    /** Write it anew, as a whole. */
    record RevisePlaybook(PlaybookId playbookId, PlaybookContent content, Person author, Text because)
            implements PlaybookCommand {}

    /** Stand for the newest revision, named so that nobody approves what they have not read. */
    record ApprovePlaybook(PlaybookId playbookId, int revision, Actor approver, Optional<Text> overrideBecause)
            implements PlaybookCommand {}

    /** Take it out of use. */
    record RetirePlaybook(PlaybookId playbookId, Text because) implements PlaybookCommand {}
}
