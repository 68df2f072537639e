/**
 * Everything that is read of an incident, as pure folds of its events. A stored view is a cache of a fold and never a
 * source of truth; drop it, and the log gives it back.
 */
@NullMarked
package org.incidenttimeline.projections;

import org.jspecify.annotations.NullMarked;
