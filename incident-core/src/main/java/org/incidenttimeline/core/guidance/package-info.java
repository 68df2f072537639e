/**
 * Runbooks and playbooks: what responders are told before anything happens. Which revision is in use, and who may stand
 * for it, is decided here; what an incident makes of them is decided there.
 */
@NullMarked
package org.incidenttimeline.core.guidance;

import org.jspecify.annotations.NullMarked;
