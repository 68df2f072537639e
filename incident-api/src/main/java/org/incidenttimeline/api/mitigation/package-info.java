/**
 * The resources of the steps taken to make things better.
 */
@NullMarked
package org.incidenttimeline.api.mitigation;

import org.jspecify.annotations.NullMarked;
