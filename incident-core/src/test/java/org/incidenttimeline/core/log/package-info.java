/** What the log promises, asked of H2 and PostgreSQL alike, and a benchmark of what it costs. */
@NullMarked
package org.incidenttimeline.core.log;

import org.jspecify.annotations.NullMarked;
