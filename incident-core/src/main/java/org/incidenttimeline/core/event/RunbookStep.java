package org.incidenttimeline.core.event;

import java.util.Optional;

/**
 * One thing to do.
 *
 * @param action what to do, in words that can be followed under stress
 * @param expected what shows that it went as it should
 */
public record RunbookStep(Text action, Optional<Text> expected) {}
