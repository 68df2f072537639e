/**
 * The resources of change freezes: putting one on, letting a change pass, lifting it.
 */
@NullMarked
package org.incidenttimeline.api.freeze;

import org.jspecify.annotations.NullMarked;
