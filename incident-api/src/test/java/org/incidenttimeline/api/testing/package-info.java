/** The application as its users meet it: running, over HTTP, on a database of its own. */
@NullMarked
package org.incidenttimeline.api.testing;

import org.jspecify.annotations.NullMarked;
