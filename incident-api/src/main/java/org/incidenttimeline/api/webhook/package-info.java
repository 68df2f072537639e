/**
 * Subscriptions to the log that are told over HTTP: who is told what, what waits, what came of it. An event arrives at
 * least once, and those of one incident in their order. Nothing is sent to an address that is not meant to be reached.
 */
@NullMarked
package org.incidenttimeline.api.webhook;

import org.jspecify.annotations.NullMarked;
