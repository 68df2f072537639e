/**
 * What happened, in the order in which it happened, as far as is known now. A correction, a pin or its removal changes
 * the entry that it names and is no entry itself; what was first said is never lost. Other views are made of entries,
 * so corrections reach them in this one way.
 */
@NullMarked
package org.incidenttimeline.projections.timeline;

import org.jspecify.annotations.NullMarked;
