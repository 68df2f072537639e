@NullMarked
package org.incidenttimeline.projections.guidance;

import org.jspecify.annotations.NullMarked;
