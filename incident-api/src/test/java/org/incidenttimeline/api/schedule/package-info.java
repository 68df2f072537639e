/** Tests of work that recurs. */
@NullMarked
package org.incidenttimeline.api.schedule;

import org.jspecify.annotations.NullMarked;
