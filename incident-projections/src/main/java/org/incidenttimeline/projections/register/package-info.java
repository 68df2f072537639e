/** One incident as an auditor samples it: what it was, how it ended, and who decided what and when. */
@NullMarked
package org.incidenttimeline.projections.register;

import org.jspecify.annotations.NullMarked;
