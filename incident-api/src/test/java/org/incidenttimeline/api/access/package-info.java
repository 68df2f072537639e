/** Tests of who may do what. */
@NullMarked
package org.incidenttimeline.api.access;

import org.jspecify.annotations.NullMarked;
