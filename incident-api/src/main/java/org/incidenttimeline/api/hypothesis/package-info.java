/**
 * The resources of possible causes and the tests of them.
 */
@NullMarked
package org.incidenttimeline.api.hypothesis;

import org.jspecify.annotations.NullMarked;
