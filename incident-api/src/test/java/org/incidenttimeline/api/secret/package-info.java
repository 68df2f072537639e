@NullMarked
package org.incidenttimeline.api.secret;

import org.jspecify.annotations.NullMarked;
