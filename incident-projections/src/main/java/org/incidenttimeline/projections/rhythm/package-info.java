/**
 * The answer to "what do we do now": the ten beats of a response, how far each has come, and the one next safest step. It
 * advises and never forbids; what may be done is decided by the rules of the incident alone.
 */
@NullMarked
package org.incidenttimeline.projections.rhythm;

import org.jspecify.annotations.NullMarked;
