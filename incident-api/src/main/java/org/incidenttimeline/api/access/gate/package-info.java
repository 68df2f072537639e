/**
 * What every request passes before a controller sees it: authentication, the table of rules, the rate limit, and whether
 * the incident in the address is there for whoever asks.
 */
@NullMarked
package org.incidenttimeline.api.access.gate;

import org.jspecify.annotations.NullMarked;
