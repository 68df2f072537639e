/**
 * Documents as data and the writers that give them bytes: Markdown and JSON. A document is assembled from a view and
 * nothing else, so the same log gives the same bytes. What a user wrote is hostile here: it is shown, it never acts.
 */
@NullMarked
package org.incidenttimeline.projections.export;

import org.jspecify.annotations.NullMarked;
