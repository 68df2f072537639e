/**
 * The register of incidents: all of a period, none left out for how it ended, each with who decided what and when. An
 * export is itself on record, and says who made it, when, and as of which place in the log.
 */
@NullMarked
package org.incidenttimeline.api.register;

import org.jspecify.annotations.NullMarked;
