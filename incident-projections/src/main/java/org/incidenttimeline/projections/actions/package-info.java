/**
 * The work that follows from incidents: open, overdue and by owner, across all of them, until it is done or dropped. An
 * action outlives the response and the closing of its incident.
 */
@NullMarked
package org.incidenttimeline.projections.actions;

import org.jspecify.annotations.NullMarked;
