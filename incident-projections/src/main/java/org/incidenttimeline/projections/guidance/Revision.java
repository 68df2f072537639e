package org.incidenttimeline.projections.guidance;

import java.time.Instant;
import java.util.Optional;
import org.incidenttimeline.core.event.GuideContent;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Text;

/**
 * A revision of a runbook or playbook.
 *
 * @param number from 1
 * @param because why it was written; empty for the first
 * @param approval who stands for it, if somebody does
 */
public record Revision<C extends GuideContent>(
        int number, C content, Person author, Optional<Text> because, Instant writtenAt, Optional<Approval> approval) {
    /** That somebody stands for a revision; the reason says why its own author did. */
    public record Approval(Person approver, Optional<Text> overrideBecause, Instant at) {}

    Revision<C> approved(Approval by) {
        return new Revision<>(number, content, author, because, writtenAt, Optional.of(by));
    }
}
