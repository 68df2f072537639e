/**
 * What regimes ask to be reported, by when, and what of it was done. The templates are data that an installation gives;
 * the facts are a fold of an incident's events, which the rules and every view use alike.
 */
@NullMarked
package org.incidenttimeline.core.duty;

import org.jspecify.annotations.NullMarked;
