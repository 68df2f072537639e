@NullMarked
package org.incidenttimeline.projections.wording;

import org.jspecify.annotations.NullMarked;
