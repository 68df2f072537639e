@NullMarked
package org.incidenttimeline.api.duty;

import org.jspecify.annotations.NullMarked;
