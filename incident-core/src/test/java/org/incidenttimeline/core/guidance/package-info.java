/** Tests of the rules of runbooks and playbooks. */
@NullMarked
package org.incidenttimeline.core.guidance;

import org.jspecify.annotations.NullMarked;
