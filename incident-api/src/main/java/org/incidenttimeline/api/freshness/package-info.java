/**
 * How fresh the answer to a question must be, as the caller puts it. Views that lag behind the log use this to wait or to
 * read the log itself.
 */
@NullMarked
package org.incidenttimeline.api.freshness;

import org.jspecify.annotations.NullMarked;
