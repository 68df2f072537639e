package org.incidenttimeline.projections.rhythm;

/**
 * The one thing to do next.
 *
 * @param beat the beat it belongs to
 * @param command the command that records it, for instance {@code PreserveEvidence}
 * @param instruction what to do, for a person under pressure
 * @param because why this comes before everything else
 */
public record NextStep(Beat.Name beat, String command, String instruction, String because) {}
