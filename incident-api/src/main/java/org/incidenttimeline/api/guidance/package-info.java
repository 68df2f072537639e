/**
 * Runbooks and playbooks: how they are written, approved and retired, and how an incident follows and applies them. What
 * an incident takes of them is looked up here, at the edge, and travels in the command.
 */
@NullMarked
package org.incidenttimeline.api.guidance;

import org.jspecify.annotations.NullMarked;
