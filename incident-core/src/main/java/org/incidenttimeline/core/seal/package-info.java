/**
 * How words are sealed: a salted commitment in the place of each text, and the text in a box under a key of its own. Nothing here
 * knows where boxes and keys are kept.
 */
@NullMarked
package org.incidenttimeline.core.seal;

import org.jspecify.annotations.NullMarked;
