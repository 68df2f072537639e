package org.incidenttimeline.api.config;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.incidenttimeline.core.log.EventLog;
import org.incidenttimeline.projections.store.LiveView;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Down when a view has not applied an event that was recorded more than {@value #PATIENCE_SECONDS} seconds ago: its fold
 * fails, or it is being rebuilt. What a processor says of itself is not asked; it says that all is well in both cases.
 */
@Component("views")
final class ViewsHealth implements HealthIndicator {
    private static final int PATIENCE_SECONDS = 30;
    private static final Duration PATIENCE = Duration.ofSeconds(PATIENCE_SECONDS);

    private final EventLog log;
    private final List<LiveView> views;
    private final Clock clock;

    ViewsHealth(EventLog log, List<LiveView> views, Clock clock) {
        this.log = log;
        this.views = views;
        this.clock = clock;
    }

    @Override
    public Health health() {
        var health = Health.up();
        for (var view : views) {
            long position = view.position();
            boolean stuck = log.readAfter(position, 1).stream()
                    .anyMatch(next -> next.recordedAt().isBefore(clock.instant().minus(PATIENCE)));
            if (stuck) {
                health.down();
            }
            health.withDetail(view.name(), position);
        }
        return health.build();
    }
}
