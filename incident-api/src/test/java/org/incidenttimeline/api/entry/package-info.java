@NullMarked
package org.incidenttimeline.api.entry;

import org.jspecify.annotations.NullMarked;
