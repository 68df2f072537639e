package org.incidenttimeline.projections.store;

import java.util.List;
import org.incidenttimeline.core.duty.DutyTemplates;
import org.springframework.jdbc.core.simple.JdbcClient;

/** All live views there are. */
public final class LiveViews {
    private LiveViews() {}

    public static List<LiveView> in(JdbcClient jdbc, DutyTemplates templates) {
        return List.of(
                new TimelineTable(jdbc),
                new StatusCardTable(jdbc),
                new FreezeTable(jdbc),
                new ActionTable(jdbc),
                new DeadlineTable(jdbc, templates),
                new IncidentIndexTable(jdbc),
                new SearchTable(jdbc),
                new GuideTable(jdbc));
    }
}
