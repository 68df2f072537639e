/** The record of refused requests, for auditors: bounded, without secrets, and kept for a stated time. */
@NullMarked
package org.incidenttimeline.api.access.denial;

import org.jspecify.annotations.NullMarked;
