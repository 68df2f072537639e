package org.incidenttimeline.projections.store;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.core.seal.RowCipher;
import org.incidenttimeline.projections.timeline.Correction;
import org.incidenttimeline.projections.timeline.Timeline;
import org.incidenttimeline.projections.timeline.TimelineChange;
import org.incidenttimeline.projections.timeline.TimelineEntry;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The timeline, a row for each entry and for each correction; an event writes one row and reads none. */
public final class TimelineTable implements LiveView {
    public static final String NAME = "timeline-view";

    private final JdbcClient jdbc;
    private final ViewProgress progress;
    private final ViewJson json;

    public TimelineTable(JdbcClient jdbc, RowCipher cipher) {
        this.jdbc = jdbc;
        this.json = new ViewJson(cipher);
        this.progress = new ViewProgress(jdbc, NAME);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void apply(RecordedEvent event) {
        progress.reached(event.position());
        String incident = event.event().incidentId().value();
        switch (TimelineChange.of(event)) {
            case TimelineChange.Added change ->
                jdbc.sql("""
                                insert into views.timeline_entry (incident_id, entry, version, pinned, body)
                                values (:incident, :entry, :version, false, :body)
                                on conflict do nothing
                                """)
                        .param("incident", incident)
                        .param("entry", change.entry())
                        .param("version", event.version())
                        .param("body", json.write(change.added().recorded()))
                        .update();
            case TimelineChange.Corrected change ->
                jdbc.sql("""
                                insert into views.timeline_correction (incident_id, version, entry, body)
                                values (:incident, :version, :entry, :body)
                                on conflict do nothing
                                """)
                        .param("incident", incident)
                        .param("version", event.version())
                        .param("entry", change.entry())
                        .param("body", json.write(change.correction()))
                        .update();
            case TimelineChange.Pinned change ->
                jdbc.sql("""
                                update views.timeline_entry set pinned = :pinned, version = :version
                                where incident_id = :incident and entry = :entry and version < :version
                                """)
                        .param("incident", incident)
                        .param("entry", change.entry())
                        .param("version", event.version())
                        .param("pinned", change.pinned())
                        .update();
        }
    }

    @Override
    public void pass(long position) {
        progress.reached(position);
    }

    @Override
    public long position() {
        return progress.position();
    }

    @Override
    public List<String> tables() {
        return List.of("timeline_correction", "timeline_entry");
    }

    @Override
    public void forget(IncidentId incident) {
        progress.forget(incident, tables());
    }

    @Override
    public void clear() {
        progress.clear(tables());
    }

    /**
     * Every event writes its version into a row, so the timeline knows the highest among them. One statement reads all,
     * so that no event that is committed meanwhile is known of and missing.
     */
    Timeline timelineOf(IncidentId incident) {
        record Row(
                long entry,
                long version,
                boolean pinned,
                Optional<Correction> correction,
                Optional<RecordedEvent> recorded) {}

        var rows = jdbc.sql("""
                        select false as correction, entry, version, pinned, body
                        from views.timeline_entry where incident_id = :incident
                        union all
                        select true as correction, entry, version, false as pinned, body
                        from views.timeline_correction where incident_id = :incident
                        """)
                .param("incident", incident.value())
                .query((row, _) -> {
                    boolean correction = row.getBoolean("correction");
                    byte[] body = row.getBytes("body");
                    return new Row(
                            row.getLong("entry"),
                            row.getLong("version"),
                            row.getBoolean("pinned"),
                            correction ? Optional.of(json.read(body, Correction.class)) : Optional.empty(),
                            correction ? Optional.empty() : Optional.of(json.read(body, RecordedEvent.class)));
                })
                .list();
        var corrections = rows.stream()
                .sorted(Comparator.comparingLong(Row::version))
                .collect(Collectors.groupingBy(
                        Row::entry, Collectors.flatMapping(row -> row.correction().stream(), Collectors.toList())));
        var entries = rows.stream()
                .flatMap(row -> row.recorded().stream()
                        .map(recorded -> new TimelineEntry(
                                recorded, corrections.getOrDefault(row.entry(), List.of()), row.pinned())))
                .toList();
        return new Timeline(rows.stream().mapToLong(Row::version).max().orElse(0), entries);
    }
}
