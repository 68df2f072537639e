/**
 * What spares callers work: validators, so that nobody is sent what they have already (RFC 9110, sections 8.8 and 13), and
 * compression on the way. A validator is honest: two answers with the same tag are the same, whatever the clock did.
 */
@NullMarked
package org.incidenttimeline.api.caching;

import org.jspecify.annotations.NullMarked;
