/**
 * The resources around the existence of an incident: declaring it, who holds its roles, how bad it is, and calling it off.
 */
@NullMarked
package org.incidenttimeline.api.declaration;

import org.jspecify.annotations.NullMarked;
