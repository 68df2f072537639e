/**
 * What an answer about the past rests on: the events recorded until then, and of these, where that is asked, only what
 * had happened by then. Every fold answers about the past by being given these events and no others.
 */
@NullMarked
package org.incidenttimeline.projections.past;

import org.jspecify.annotations.NullMarked;
