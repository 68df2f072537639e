package org.incidenttimeline.core.event;

import java.util.List;

/** The services and environments that a freeze covers: every named service in every named environment. */
public record Scope(List<ServiceName> services, List<Environment> environments) {
    public static final int MAX_NAMES = 100;

    public Scope {
        services = services.stream().distinct().toList();
        environments = environments.stream().distinct().toList();
        if (services.isEmpty() || environments.isEmpty()) {
            throw new InvalidValue("must name at least one service and one environment; * stands for all");
        }
        if (services.size() > MAX_NAMES || environments.size() > MAX_NAMES) {
            throw new InvalidValue("must name at most " + MAX_NAMES + " services and environments; * stands for all");
        }
    }

    public boolean covers(ServiceName service, Environment environment) {
        return services.stream().anyMatch(s -> s.covers(service))
                && environments.stream().anyMatch(e -> e.covers(environment));
    }
}
