/**
 * Who asks, what their credential allows, and which incidents they may see. Deciding what a command does to an incident is
 * not done here.
 */
@NullMarked
package org.incidenttimeline.api.access;

import org.jspecify.annotations.NullMarked;
