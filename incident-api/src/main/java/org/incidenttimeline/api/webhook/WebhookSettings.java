package org.incidenttimeline.api.webhook;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an operator decides about webhooks.
 *
 * @param allowHttp whether a target may be reached without TLS
 * @param allowNetworks networks that may be reached although they are not public, in CIDR notation
 * @param allowPorts the ports that may be reached; empty for all
 * @param retryDelays how long to wait before each attempt, the first among them; as many attempts as there are delays
 * @param timeout how long an attempt may take in all
 * @param lease after which time an attempt of a node that died is made by another one; longer than the timeout
 */
@ConfigurationProperties("incident.webhooks")
record WebhookSettings(
        @DefaultValue("false") boolean allowHttp,
        @DefaultValue List<Network> allowNetworks,
        @DefaultValue List<Integer> allowPorts,

        @DefaultValue({"0s", "5s", "5m", "30m", "2h", "5h", "10h", "14h", "20h", "24h"})
        List<Duration> retryDelays,

        @DefaultValue("15s") Duration timeout,
        @DefaultValue("60s") Duration lease) {
    WebhookSettings {
        allowNetworks = List.copyOf(allowNetworks);
        allowPorts = List.copyOf(allowPorts);
        retryDelays = List.copyOf(retryDelays);
        if (retryDelays.isEmpty()) {
            throw new IllegalArgumentException("incident.webhooks.retry-delays must have at least one delay");
        }
        if (lease.compareTo(timeout.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException("incident.webhooks.lease must be at least twice the timeout");
        }
    }
}
