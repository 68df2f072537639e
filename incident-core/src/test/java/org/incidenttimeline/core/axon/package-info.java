/** Axon on the log: what is stored, what is read back, and what a conflict leaves behind. */
@NullMarked
package org.incidenttimeline.core.axon;

import org.jspecify.annotations.NullMarked;
