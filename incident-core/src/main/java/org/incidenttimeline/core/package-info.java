@NullMarked
package org.incidenttimeline.core;

import org.jspecify.annotations.NullMarked;
