package org.incidenttimeline.core.event;

import java.util.Optional;

/**
 * Where an event came from.
 *
 * @param actor who gave the command, as their credential proves
 * @param onBehalfOf the human that a tool says it acts for
 * @param credential what they proved it with, never the secret itself
 * @param commandId the one command that this event and its siblings answer
 * @param idempotencyKey what the caller sent to make a retry safe
 * @param correlationId what ties the events of one piece of work together
 * @param causationId the message that made the caller act
 */
public record Provenance(
        Actor actor,
        Optional<Person> onBehalfOf,
        String credential,
        String commandId,
        Optional<String> idempotencyKey,
        String correlationId,
        String causationId) {
    /** The same of another command. */
    public Provenance ofCommand(String otherCommandId) {
        return new Provenance(
                actor, onBehalfOf, credential, otherCommandId, idempotencyKey, correlationId, causationId);
    }
}
