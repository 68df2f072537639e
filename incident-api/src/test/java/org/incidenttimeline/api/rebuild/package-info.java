@NullMarked
package org.incidenttimeline.api.rebuild;

import org.jspecify.annotations.NullMarked;
