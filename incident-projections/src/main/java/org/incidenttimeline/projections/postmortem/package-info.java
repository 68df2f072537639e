/**
 * The postmortem as the log gives it: facts with the entries they come from, an author's words kept apart from them, and
 * what is still missing. It is assembled from the view of the incident; nothing is decided or invented here.
 */
@NullMarked
package org.incidenttimeline.projections.postmortem;

import org.jspecify.annotations.NullMarked;
