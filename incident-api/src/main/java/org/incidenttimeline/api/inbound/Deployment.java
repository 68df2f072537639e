package org.incidenttimeline.api.inbound;

import java.time.Instant;
import java.util.Optional;
import org.incidenttimeline.core.event.ChangeKind;
import org.incidenttimeline.core.event.Environment;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Reference;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.event.Text;

/**
 * A deployment, or another change that a tool made, as its source told it last.
 *
 * @param deploymentId our name for it
 * @param sourceId who told of it
 * @param externalId its name at the source
 * @param what in words
 * @param by who made it, as the source says
 * @param occurredAt when it came to its state
 */
record Deployment(
        String deploymentId,
        SourceId sourceId,
        String externalId,
        ChangeKind kind,
        ServiceName service,
        Optional<Environment> environment,
        State state,
        Text what,
        Optional<Person> by,
        Optional<Reference> reference,
        Instant occurredAt,
        Instant receivedAt) {
    /** How it stands. */
    enum State {
        QUEUED,
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELLED;

        /** Whether it is over, and may have changed something. */
        boolean hasEnded() {
            return this != QUEUED && this != RUNNING;
        }
    }

    /** What the source calls this outcome for good; a deployment that is tried again may have another one later. */
    String name() {
        return "deployment:" + Digests.of(externalId, state.name());
    }
}
