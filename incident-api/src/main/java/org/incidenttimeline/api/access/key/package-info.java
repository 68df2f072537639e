/** API keys: how they are given out, proven, rotated and revoked. Only hashes of their secrets are kept. */
@NullMarked
package org.incidenttimeline.api.access.key;

import org.jspecify.annotations.NullMarked;
