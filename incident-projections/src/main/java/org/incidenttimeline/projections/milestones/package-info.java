/**
 * The moments by which a response is measured, each a claim with its source, and the measurements between them. What is
 * not recorded is not zero, and every figure shows what it was computed from.
 */
@NullMarked
package org.incidenttimeline.projections.milestones;

import org.jspecify.annotations.NullMarked;
