/**
 * The resources of what follows a resolved incident: review, findings, actions, postmortem, closing and reopening.
 */
@NullMarked
package org.incidenttimeline.api.review;

import org.jspecify.annotations.NullMarked;
