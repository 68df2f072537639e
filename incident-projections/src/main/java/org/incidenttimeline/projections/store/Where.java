package org.incidenttimeline.projections.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.incidenttimeline.projections.search.Query;

/** The condition of a query as it is put together, with its values. */
final class Where {
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new HashMap<>();

    Where and(String condition) {
        conditions.add(condition);
        return this;
    }

    Where and(String condition, String name, Object value) {
        return and(condition).value(name, value);
    }

    Where value(String name, Object value) {
        values.put(name, value);
        return this;
    }

    /** Only what belongs to incidents that the viewer sees; {@code incident} is the column that names it. */
    Where seenBy(Viewer viewer, String incident) {
        return and(seen(viewer, incident));
    }

    /** The condition that an incident is seen, with its values noted. */
    String seen(Viewer viewer, String incident) {
        return "exists (select 1 from views.incident_index seen where seen.incident_id = " + incident + visible(viewer)
                + ")";
    }

    private String visible(Viewer viewer) {
        var visible = new StringBuilder();
        if (!viewer.all()) {
            visible.append(" and (seen.visibility = 'OPEN'");
            viewer.name().ifPresent(name -> {
                visible.append("""
                         or exists (select 1 from views.incident_person named
                                    where named.person = :viewer and named.incident_id = seen.incident_id)\
                        """);
                values.put("viewer", Folded.of(name.value()));
            });
            visible.append(")");
        }
        if (!viewer.services().isEmpty()) {
            visible.append("""
                     and exists (select 1 from views.incident_service own
                                 where own.service in (:viewer_services) and own.incident_id = seen.incident_id)\
                    """);
            values.put(
                    "viewer_services",
                    viewer.services().stream().map(s -> Folded.of(s.value())).toList());
        }
        return visible.toString();
    }

    /** Only entries that the query finds; {@code place} is the column with an entry's place in the log. */
    Where found(Query query, String place) {
        int n = 0;
        for (String word : query.wanted().words()) {
            String name = "term" + n++;
            and(
                    place + " in (select t.place from views.search_term t where t.term = :" + name + ")",
                    name,
                    SearchTable.bytes(word));
        }
        for (String beginning : query.wanted().beginnings()) {
            String from = "from" + n;
            String to = "to" + n++;
            values.put(from, SearchTable.bytes(beginning));
            values.put(to, SearchTable.behind(beginning));
            and(place + " in (select t.place from views.search_term t where t.term >= :" + from + " and t.term < :" + to
                    + ")");
        }
        return this;
    }

    Map<String, Object> values() {
        return values;
    }

    String sql() {
        return conditions.isEmpty() ? "" : "\nwhere " + String.join("\n and ", conditions);
    }
}
