/**
 * The log as it grows, for tools that follow it: a stream of server-sent events, and pages for those who poll, both of
 * CloudEvents. A node reads the log once for all who listen. Nothing is shown before it is durable, nor to anybody who may
 * not see its incident.
 */
@NullMarked
package org.incidenttimeline.api.live;

import org.jspecify.annotations.NullMarked;
