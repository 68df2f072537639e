@NullMarked
package org.incidenttimeline.api.register;

import org.jspecify.annotations.NullMarked;
