/** Views built anew while the old ones answer, and compared with what the log gives. */
@NullMarked
package org.incidenttimeline.api.rebuild;

import org.jspecify.annotations.NullMarked;
