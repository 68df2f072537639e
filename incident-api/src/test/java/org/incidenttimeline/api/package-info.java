/** Tests of the REST interface over HTTP, against a desk that only remembers what was handed in. */
@NullMarked
package org.incidenttimeline.api;

import org.jspecify.annotations.NullMarked;
