/**
 * Which reports an incident asks for, by when, and what became of each: the templates, read from files, applied to what the
 * log says. It computes deadlines and gives no advice about the law.
 */
@NullMarked
package org.incidenttimeline.projections.duties;

import org.jspecify.annotations.NullMarked;
