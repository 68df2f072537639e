/**
 * What other systems deliver unasked: alerts of Alertmanager and Grafana, deployments of GitHub and GitLab, and
 * CloudEvents of anybody. A delivery proves where it comes from before it is read, becomes commands like those of any
 * caller, and changes nothing when it comes again.
 */
@NullMarked
package org.incidenttimeline.api.inbound;

import org.jspecify.annotations.NullMarked;
