/** Logs that tests are told: a builder, a sample of every event, and one story in the spirit of a real incident. */
@NullMarked
package org.incidenttimeline.projections.story;

import org.jspecify.annotations.NullMarked;
