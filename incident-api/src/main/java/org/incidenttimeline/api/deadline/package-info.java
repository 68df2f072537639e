/**
 * What was not done in time is recorded, by this service itself: updates that were promised, and actions that were due. The
 * view of deadlines says when to ask, the rules decide, and so each is recorded once however many nodes ask how often.
 */
@NullMarked
package org.incidenttimeline.api.deadline;

import org.jspecify.annotations.NullMarked;
