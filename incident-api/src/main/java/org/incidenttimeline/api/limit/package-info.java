/**
 * How much one request may ask of us. Every number is in one place, and is checked before the work that it limits.
 */
@NullMarked
package org.incidenttimeline.api.limit;

import org.jspecify.annotations.NullMarked;
