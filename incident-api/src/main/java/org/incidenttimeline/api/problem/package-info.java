/**
 * How everything that goes wrong is told: as problem details (RFC 9457), with a code that never changes. Refusals of the
 * rules, requests that cannot be read and faults of our own all end here, and none tells how we are built inside.
 */
@NullMarked
package org.incidenttimeline.api.problem;

import org.jspecify.annotations.NullMarked;
