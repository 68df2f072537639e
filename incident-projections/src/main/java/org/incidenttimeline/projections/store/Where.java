package org.incidenttimeline.projections.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.incidenttimeline.core.seal.RowCipher;

/** The condition of a query as it is put together, with its values. */
final class Where {
    private final RowCipher cipher;
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new HashMap<>();

    Where(RowCipher cipher) {
        this.cipher = cipher;
    }

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
                values.put("viewer", cipher.name(Folded.of(name.value())));
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

    Map<String, Object> values() {
        return values;
    }

    String sql() {
        return conditions.isEmpty() ? "" : "\nwhere " + String.join("\n and ", conditions);
    }
}
