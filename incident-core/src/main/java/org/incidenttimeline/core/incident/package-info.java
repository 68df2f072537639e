/**
 * The rules: what an incident must remember to decide, how it changes with each event, and which events a command leads
 * to or why it is refused. Pure: no clock, no input or output, no framework.
 */
@NullMarked
package org.incidenttimeline.core.incident;

import org.jspecify.annotations.NullMarked;
