/**
 * The resource of the checks that tell whether the service is back.
 */
@NullMarked
package org.incidenttimeline.api.recovery;

import org.jspecify.annotations.NullMarked;
