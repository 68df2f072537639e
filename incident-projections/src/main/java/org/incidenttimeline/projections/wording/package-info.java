/**
 * The words for what the log holds: one headline per event, facts only, and times told as exactly as they are known. A
 * phrase is data, so that a writer can tell our words from a user's and neither can become markup by accident.
 */
@NullMarked
package org.incidenttimeline.projections.wording;

import org.jspecify.annotations.NullMarked;
