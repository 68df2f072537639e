/**
 * How words are found again: the terms that a text is found by, what a query asks for, and the part of a text that shows
 * the match. The same on every database, since only whole terms and their beginnings are ever compared there.
 */
@NullMarked
package org.incidenttimeline.projections.search;

import org.jspecify.annotations.NullMarked;
