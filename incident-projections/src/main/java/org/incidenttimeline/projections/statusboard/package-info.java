/**
 * Which incidents are open and how each stands, on one card per incident. A card stays small however long its incident
 * lasts; what is overdue depends on the time of asking, which the asker brings.
 */
@NullMarked
package org.incidenttimeline.projections.statusboard;

import org.jspecify.annotations.NullMarked;
