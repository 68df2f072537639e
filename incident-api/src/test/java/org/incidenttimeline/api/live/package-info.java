@NullMarked
package org.incidenttimeline.api.live;

import org.jspecify.annotations.NullMarked;
