@NullMarked
package org.incidenttimeline.api.webhook;

import org.jspecify.annotations.NullMarked;
