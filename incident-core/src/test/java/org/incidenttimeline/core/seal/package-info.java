@NullMarked
package org.incidenttimeline.core.seal;

import org.jspecify.annotations.NullMarked;
