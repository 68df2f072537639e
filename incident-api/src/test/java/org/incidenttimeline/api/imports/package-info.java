@NullMarked
package org.incidenttimeline.api.imports;

import org.jspecify.annotations.NullMarked;
