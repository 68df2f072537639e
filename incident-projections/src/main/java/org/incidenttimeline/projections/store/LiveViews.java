package org.incidenttimeline.projections.store;

import java.util.List;
import org.incidenttimeline.core.duty.DutyTemplates;
import org.incidenttimeline.core.seal.RowCipher;
import org.springframework.jdbc.core.simple.JdbcClient;

/** All live views there are. */
public final class LiveViews {
    private LiveViews() {}

    public static List<LiveView> in(JdbcClient jdbc, RowCipher cipher, DutyTemplates templates) {
        return List.of(
                new TimelineTable(jdbc, cipher),
                new StatusCardTable(jdbc, cipher),
                new FreezeTable(jdbc, cipher),
                new ActionTable(jdbc, cipher),
                new DeadlineTable(jdbc, cipher, templates),
                new IncidentIndexTable(jdbc, cipher),
                new SearchTable(jdbc, cipher),
                new GuideTable(jdbc, cipher));
    }
}
