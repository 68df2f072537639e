package org.incidenttimeline.api.inbound;

/** What a source speaks. */
enum SourceKind {
    /** Prometheus Alertmanager, webhook version 4. */
    ALERTMANAGER,
    /** Grafana's webhook contact point. */
    GRAFANA,
    /** Webhooks of a GitHub repository or organisation. */
    GITHUB,
    /** Webhooks of a GitLab project, group or instance. */
    GITLAB,
    /** CloudEvents 1.0 of our own types, over HTTP. */
    CLOUDEVENTS;

    /** Whether what it tells of are alerts, which declare incidents. */
    boolean alerts() {
        return this == ALERTMANAGER || this == GRAFANA;
    }
}
