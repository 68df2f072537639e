/**
 * Runbooks and playbooks as they stand, and which runbooks an incident is offered. What an incident made of them is told
 * with the incident.
 */
@NullMarked
package org.incidenttimeline.projections.guidance;

import org.jspecify.annotations.NullMarked;
