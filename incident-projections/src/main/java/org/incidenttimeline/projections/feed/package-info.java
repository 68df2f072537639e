/**
 * How events reach the live views: one handler on the sealed type, so that no event can be forgotten. The only package
 * here that knows Axon.
 */
@NullMarked
package org.incidenttimeline.projections.feed;

import org.jspecify.annotations.NullMarked;
