/**
 * How the body of a request becomes values of ours. One strict reading finds every field that is wrong and says what would
 * be right; nothing is guessed, coerced or passed over.
 */
@NullMarked
package org.incidenttimeline.api.json;

import org.jspecify.annotations.NullMarked;
