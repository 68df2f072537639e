/**
 * The log itself, raw, for auditors; and the record of who read it. Nothing is read from here that is not first put on
 * that record.
 */
@NullMarked
package org.incidenttimeline.api.audit;

import org.jspecify.annotations.NullMarked;
