package org.incidenttimeline.core.event;

/**
 * One look at whether the service is truly back.
 *
 * @param signal what was looked at
 * @param expectation what it shows when all is well
 * @param observation what it showed
 * @param passed whether the two agree
 * @param userFacing whether it sees what a user sees
 */
public record RecoveryCheck(Text signal, Text expectation, Text observation, boolean passed, boolean userFacing) {}
