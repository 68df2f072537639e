/**
 * What leaves the building as evidence: the pack that auditors take away, and the program that checks it and the archive
 * without this service.
 */
@NullMarked
package org.incidenttimeline.api.evidence;

import org.jspecify.annotations.NullMarked;
