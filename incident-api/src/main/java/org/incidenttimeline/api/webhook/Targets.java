package org.incidenttimeline.api.webhook;

import java.net.UnknownHostException;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Which URLs may be subscribed, as the operator has settled it. */
@Component
class Targets {
    private final WebhookSettings settings;
    private final CheckedResolver resolver;

    Targets(WebhookSettings settings, CheckedResolver resolver) {
        this.settings = settings;
        this.resolver = resolver;
    }

    /** What speaks against the URL itself, whatever its host resolves to. */
    Optional<String> objection(TargetUrl url) {
        if (!url.isSecure() && !settings.allowHttp()) {
            return Optional.of("must be https; incident.webhooks.allow-http would let http pass");
        }
        if (!settings.allowPorts().isEmpty() && !settings.allowPorts().contains(url.port())) {
            return Optional.of("must have one of the ports " + settings.allowPorts());
        }
        return Optional.empty();
    }

    /**
     * The same, and what speaks against its host now. A host that cannot be resolved may be there later; every attempt
     * asks again.
     */
    Optional<String> objectionNow(TargetUrl url) {
        return objection(url).or(() -> {
            try {
                resolver.resolve(url.host());
                return Optional.empty();
            } catch (CheckedResolver.NotAllowed _) {
                return Optional.of(
                        "must have a host with public addresses only; incident.webhooks.allow-networks adds others");
            } catch (UnknownHostException _) {
                return Optional.empty();
            }
        });
    }
}
