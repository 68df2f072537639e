@NullMarked
package org.incidenttimeline.api.evidence;

import org.jspecify.annotations.NullMarked;
