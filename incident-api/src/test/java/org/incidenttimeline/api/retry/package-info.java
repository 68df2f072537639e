/** Many callers that send again what they sent: the show that docs/operations/retries.md is about. */
@NullMarked
package org.incidenttimeline.api.retry;

import org.jspecify.annotations.NullMarked;
