/**
 * The resources of single timeline entries: notes, corrections and pins.
 */
@NullMarked
package org.incidenttimeline.api.entry;

import org.jspecify.annotations.NullMarked;
