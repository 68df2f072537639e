/** Tests of what other systems deliver, against the running application. */
@NullMarked
package org.incidenttimeline.api.inbound;

import org.jspecify.annotations.NullMarked;
