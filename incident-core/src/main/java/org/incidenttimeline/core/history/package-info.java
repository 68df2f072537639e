/** How readers come by recorded events, whatever keeps them. */
@NullMarked
package org.incidenttimeline.core.history;

import org.jspecify.annotations.NullMarked;
