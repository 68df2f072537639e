@NullMarked
package org.incidenttimeline.projections;

import org.jspecify.annotations.NullMarked;
