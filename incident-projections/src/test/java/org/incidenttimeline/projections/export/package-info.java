@NullMarked
package org.incidenttimeline.projections.export;

import org.jspecify.annotations.NullMarked;
