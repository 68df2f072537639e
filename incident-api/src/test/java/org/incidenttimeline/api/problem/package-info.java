/** Tests of how problems are told. */
@NullMarked
package org.incidenttimeline.api.problem;

import org.jspecify.annotations.NullMarked;
