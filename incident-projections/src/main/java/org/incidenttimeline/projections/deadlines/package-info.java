/**
 * What is still to come of an incident: updates promised and actions due. Whether something did come too late is for the
 * rules to say; this tells when to ask them.
 */
@NullMarked
package org.incidenttimeline.projections.deadlines;

import org.jspecify.annotations.NullMarked;
