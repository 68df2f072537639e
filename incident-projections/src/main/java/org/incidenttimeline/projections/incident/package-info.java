/**
 * Everything known of one incident in one tree of records, which documents and advice are made of. Each thing in it
 * names the timeline entries it is known from, and reads as they read now, corrections included.
 */
@NullMarked
package org.incidenttimeline.projections.incident;

import org.jspecify.annotations.NullMarked;
