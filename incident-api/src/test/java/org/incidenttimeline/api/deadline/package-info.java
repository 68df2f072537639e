@NullMarked
package org.incidenttimeline.api.deadline;

import org.jspecify.annotations.NullMarked;
