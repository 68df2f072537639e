/**
 * May this service be changed in this environment now: the one question that a deploy pipeline asks. Only the freezes of
 * live incidents answer it; a drill must not stop a real deployment.
 */
@NullMarked
package org.incidenttimeline.projections.freezes;

import org.jspecify.annotations.NullMarked;
