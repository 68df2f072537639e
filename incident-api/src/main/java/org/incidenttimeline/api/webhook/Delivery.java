package org.incidenttimeline.api.webhook;

/**
 * An event that waits to be sent.
 *
 * @param attempts how often it was tried already
 */
record Delivery(WebhookId webhook, long position, String streamId, int attempts) {}
