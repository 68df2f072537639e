/**
 * Where the core meets Axon: the event log as Axon's storage engine, events and tokens as JSON, and the cache of
 * aggregates. Nothing outside this package knows that the log's events pass through a framework, and no rule lives here.
 */
@NullMarked
package org.incidenttimeline.core.axon;

import org.jspecify.annotations.NullMarked;
