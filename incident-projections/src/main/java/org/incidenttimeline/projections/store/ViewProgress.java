package org.incidenttimeline.projections.store;

import java.util.List;
import org.incidenttimeline.core.event.IncidentId;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How far each view has come in the log, noted in the transaction of what was applied. */
final class ViewProgress {
    private final JdbcClient jdbc;
    private final String view;

    ViewProgress(JdbcClient jdbc, String view) {
        this.jdbc = jdbc;
        this.view = view;
    }

    /** The position of the last event applied, 0 before the first; every event before it was applied too. */
    long position() {
        return jdbc.sql("select position from views.view_progress where view = :view")
                .param("view", view)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /**
     * Notes the position, and thereby keeps others from the view until the transaction ends; so a view does it before it
     * writes anything else.
     */
    void reached(long position) {
        int moved =
                jdbc.sql("""
                        update views.view_progress set position = :position
                        where view = :view and position < :position
                        """).param("view", view).param("position", position).update();
        if (moved == 0) {
            jdbc.sql(
                            "insert into views.view_progress (view, position) values (:view, :position) on conflict do nothing")
                    .param("view", view)
                    .param("position", position)
                    .update();
        }
    }

    /** Keeps others from the view until the transaction ends. */
    void hold() {
        jdbc.sql("update views.view_progress set position = position where view = :view")
                .param("view", view)
                .update();
    }

    /** Forgets what those tables of the view hold of an incident. */
    void forget(IncidentId incident, List<String> tables) {
        hold();
        tables.forEach(table -> jdbc.sql("delete from views." + table + " where incident_id = :incident")
                .param("incident", incident.value())
                .update());
    }

    /** Forgets what the tables of the view hold, and how far it had come. */
    void clear(List<String> tables) {
        tables.forEach(table -> jdbc.sql("delete from views." + table).update());
        jdbc.sql("delete from views.view_progress where view = :view")
                .param("view", view)
                .update();
    }
}
