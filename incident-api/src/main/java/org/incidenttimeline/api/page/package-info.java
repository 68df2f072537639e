/**
 * How long lists are read in parts: so many at once, and a cursor that says where to go on. A cursor belongs to the list
 * and the filters that it was made for, and nobody else can make one.
 */
@NullMarked
package org.incidenttimeline.api.page;

import org.jspecify.annotations.NullMarked;
