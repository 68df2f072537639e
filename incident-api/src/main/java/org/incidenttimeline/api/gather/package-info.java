/**
 * The resources of what is known: symptoms, changes and preserved evidence.
 */
@NullMarked
package org.incidenttimeline.api.gather;

import org.jspecify.annotations.NullMarked;
