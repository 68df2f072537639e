package org.incidenttimeline.api.ledger;

import org.incidenttimeline.core.log.Ledger;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Down when a check found the record changed, until somebody has cleared it up. */
@Component
final class LedgerHealth implements HealthIndicator {
    private final Ledger ledger;

    LedgerHealth(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public Health health() {
        return ledger.fault()
                .map(fault -> Health.down().withDetail("fault", fault))
                .orElseGet(Health::up)
                .build();
    }
}
