/** Requests made by chance from the description of the interface: valid, nearly valid, and hostile. */
@NullMarked
package org.incidenttimeline.api.fuzz;

import org.jspecify.annotations.NullMarked;
