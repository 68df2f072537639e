/**
 * The event log: an append-only table whose positions have no gaps and follow the order of commits, written in groups
 * by one committer per node and acknowledged only when durable. It speaks plain {@code java.sql} to H2 or PostgreSQL
 * and knows neither frameworks nor what an event means.
 */
@NullMarked
package org.incidenttimeline.core.log;

import org.jspecify.annotations.NullMarked;
