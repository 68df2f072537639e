@NullMarked
package org.incidenttimeline.api.audit;

import org.jspecify.annotations.NullMarked;
