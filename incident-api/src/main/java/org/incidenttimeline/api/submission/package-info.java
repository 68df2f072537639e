/**
 * How a command reaches the desk: who asks, which version they have seen, when they asked, and what they are answered.
 * Controllers of commands use this and decide nothing.
 */
@NullMarked
package org.incidenttimeline.api.submission;

import org.jspecify.annotations.NullMarked;
