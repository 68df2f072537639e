/**
 * The description of the interface (OpenAPI 3.1), derived from what the code is: shapes from the records, words from their
 * Javadoc, codes from the problems. Nothing here says again what a controller says already.
 */
@NullMarked
package org.incidenttimeline.api.openapi;

import org.jspecify.annotations.NullMarked;
