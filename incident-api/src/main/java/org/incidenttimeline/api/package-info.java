@NullMarked
package org.incidenttimeline.api;

import org.jspecify.annotations.NullMarked;
