/** What one can ask of an incident, a runbook or a playbook. Commands carry values of the event package, and nothing of any framework. */
@NullMarked
package org.incidenttimeline.core.command;

import org.jspecify.annotations.NullMarked;
