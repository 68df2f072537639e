/**
 * What can be true of an incident: the catalogue of its events, and the value types that events and commands share.
 * Everything here is immutable and checks itself; nothing here reads a clock, a database or a configuration.
 */
@NullMarked
package org.incidenttimeline.core.event;

import org.jspecify.annotations.NullMarked;
