@NullMarked
package org.incidenttimeline.projections.rhythm;

import org.jspecify.annotations.NullMarked;
