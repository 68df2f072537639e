/**
 * Work that recurs. Each piece runs on one node at a time, however many there are, and goes on elsewhere when that node
 * dies. The only package that knows the scheduler's library.
 */
@NullMarked
package org.incidenttimeline.api.schedule;

import org.jspecify.annotations.NullMarked;
