/**
 * Who asks, what their credential allows, and which incidents they may see. How a credential is proven, and what becomes of
 * a request without one, is in the packages below; what a command does to an incident is not decided here.
 */
@NullMarked
package org.incidenttimeline.api.access;

import org.jspecify.annotations.NullMarked;
