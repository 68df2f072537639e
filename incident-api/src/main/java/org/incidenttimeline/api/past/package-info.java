/**
 * Answers about the past: which moment is asked about, and what the log says was known then. Every read that shows an
 * incident takes a {@link Moment}; who may see what is decided by the rights of today.
 */
@NullMarked
package org.incidenttimeline.api.past;

import org.jspecify.annotations.NullMarked;
