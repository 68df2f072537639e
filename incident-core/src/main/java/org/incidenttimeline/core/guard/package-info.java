/** What H2 runs in the database to keep the log append-only; PostgreSQL has a function of its own. */
@NullMarked
package org.incidenttimeline.core.guard;

import org.jspecify.annotations.NullMarked;
