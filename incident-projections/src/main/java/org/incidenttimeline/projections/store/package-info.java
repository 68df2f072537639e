/**
 * The tables in which views are kept, and how they are read. Every write is guarded by version, so that an event
 * delivered twice or late changes nothing; dropping the schema and starting again rebuilds all of it from the log.
 */
@NullMarked
package org.incidenttimeline.projections.store;

import org.jspecify.annotations.NullMarked;
