/**
 * Tabletop exercises: the script of a drill, which those who practise must not see before its facts are delivered. It is
 * therefore kept beside the log, and only its delivery is an event.
 */
@NullMarked
package org.incidenttimeline.api.exercise;

import org.jspecify.annotations.NullMarked;
