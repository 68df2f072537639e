/**
 * Which incidents there were: one line for each, by which lists are filtered and ordered, and which says who may see it.
 */
@NullMarked
package org.incidenttimeline.projections.listing;

import org.jspecify.annotations.NullMarked;
