@NullMarked
package org.incidenttimeline.api.exercise;

import org.jspecify.annotations.NullMarked;
