/** What the freeze check costs: the benchmark that docs/operations/freeze-check.md is about. */
@NullMarked
package org.incidenttimeline.api.gate;

import org.jspecify.annotations.NullMarked;
