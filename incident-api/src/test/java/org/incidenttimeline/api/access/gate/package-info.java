/** Tests of what every request passes. */
@NullMarked
package org.incidenttimeline.api.access.gate;

import org.jspecify.annotations.NullMarked;
