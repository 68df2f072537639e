/** Finds credentials that somebody pasted into what they tell, before it is recorded for ever. */
@NullMarked
package org.incidenttimeline.api.secret;

import org.jspecify.annotations.NullMarked;
