@NullMarked
package org.incidenttimeline.projections.search;

import org.jspecify.annotations.NullMarked;
