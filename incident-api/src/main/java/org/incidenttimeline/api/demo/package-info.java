/**
 * The demonstration: a real incident, told to this running service over REST as any other caller would tell it, so that
 * there is something to look at.
 */
@NullMarked
package org.incidenttimeline.api.demo;

import org.jspecify.annotations.NullMarked;
