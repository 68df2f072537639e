/** Duties to report: what is told of them, and the templates that an installation goes by. */
@NullMarked
package org.incidenttimeline.api.duty;

import org.jspecify.annotations.NullMarked;
