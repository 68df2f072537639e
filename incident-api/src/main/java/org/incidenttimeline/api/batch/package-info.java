/**
 * Several commands in one request, for one incident, recorded all or not at all. What each of them means is read where it
 * is read when it comes alone.
 */
@NullMarked
package org.incidenttimeline.api.batch;

import org.jspecify.annotations.NullMarked;
