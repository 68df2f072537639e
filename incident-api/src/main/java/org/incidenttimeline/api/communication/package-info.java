/**
 * The resources of telling people how things stand: who does so and how often, and each update.
 */
@NullMarked
package org.incidenttimeline.api.communication;

import org.jspecify.annotations.NullMarked;
