/** What durability, order and the live views cost: the benchmark that docs/operations/throughput.md is about. */
@NullMarked
package org.incidenttimeline.api.throughput;

import org.jspecify.annotations.NullMarked;
