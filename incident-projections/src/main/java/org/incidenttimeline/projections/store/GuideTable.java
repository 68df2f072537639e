package org.incidenttimeline.projections.store;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.incidenttimeline.core.event.GuideContent;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.PlaybookContent;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.core.event.RecordedPlaybookEvent;
import org.incidenttimeline.core.event.RecordedRunbookEvent;
import org.incidenttimeline.core.event.RunbookContent;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.seal.RowCipher;
import org.incidenttimeline.projections.guidance.Guide;
import org.incidenttimeline.projections.guidance.Guide.State;
import org.incidenttimeline.projections.guidance.GuideFold;
import org.incidenttimeline.projections.guidance.Recognition;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;

/** The runbooks and playbooks, one row for each. */
public final class GuideTable implements LiveView {
    public static final String NAME = "guide-view";

    /** Which of the two, and how its row is read. */
    record Kind<C extends GuideContent>(String name, TypeReference<Guide<C>> type) {
        static final Kind<RunbookContent> RUNBOOK = new Kind<>("RUNBOOK", new TypeReference<>() {});
        static final Kind<PlaybookContent> PLAYBOOK = new Kind<>("PLAYBOOK", new TypeReference<>() {});
    }

    private final JdbcClient jdbc;
    private final ViewProgress progress;
    private final RowCipher cipher;
    private final ViewJson json;

    public GuideTable(JdbcClient jdbc, RowCipher cipher) {
        this.jdbc = jdbc;
        this.cipher = cipher;
        this.json = new ViewJson(cipher);
        this.progress = new ViewProgress(jdbc, NAME);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void apply(RecordedEvent event) {
        pass(event.position());
    }

    @Override
    public void apply(RecordedRunbookEvent event) {
        pass(event.position());
        var before = guide(Kind.RUNBOOK, event.event().runbookId().value());
        if (isNext(
                before.map(Guide::version).orElse(0L),
                event.version(),
                event.event().streamId())) {
            GuideFold.apply(before, event).ifPresent(guide -> {
                boolean offered =
                        guide.inUse().isPresent() && guide.retiredBecause().isEmpty();
                write(Kind.RUNBOOK, guide, offered ? json.write(Recognition.of(guide)) : null);
            });
        }
    }

    @Override
    public void apply(RecordedPlaybookEvent event) {
        pass(event.position());
        var before = guide(Kind.PLAYBOOK, event.event().playbookId().value());
        if (isNext(
                before.map(Guide::version).orElse(0L),
                event.version(),
                event.event().streamId())) {
            GuideFold.apply(before, event).ifPresent(guide -> write(Kind.PLAYBOOK, guide, null));
        }
    }

    private static boolean isNext(long known, long version, String stream) {
        if (version > known + 1) {
            throw new IllegalStateException("version " + version + " of " + stream + " came after version " + known);
        }
        return version == known + 1;
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
        return List.of("guide_service", "guide");
    }

    /** It has nothing of incidents. */
    @Override
    public void forget(IncidentId incident) {}

    @Override
    public void clear() {
        progress.clear(tables());
    }

    private <C extends GuideContent> void write(Kind<C> kind, Guide<C> guide, byte @Nullable [] recognition) {
        int updated = bind(kind, guide, recognition, """
                        update views.guide
                        set version = :version, state = :state, recognition = :recognition, body = :body
                        where kind = :kind and guide_id = :guide and version < :version
                        """).update();
        if (updated == 0) {
            bind(kind, guide, recognition, """
                            insert into views.guide (kind, guide_id, version, place, state, recognition, body)
                            values (:kind, :guide, :version, :place, :state, :recognition, :body)
                            on conflict do nothing
                            """).update();
        }
        jdbc.sql("delete from views.guide_service where kind = :kind and guide_id = :guide")
                .param("kind", kind.name())
                .param("guide", guide.id())
                .update();
        guide.content().services().stream()
                .map(ServiceName::value)
                .map(Folded::of)
                .distinct()
                .forEach(service -> jdbc.sql("""
                                insert into views.guide_service (service, kind, guide_id)
                                values (:service, :kind, :guide)
                                """)
                        .param("service", service)
                        .param("kind", kind.name())
                        .param("guide", guide.id())
                        .update());
    }

    private <C extends GuideContent> JdbcClient.StatementSpec bind(
            Kind<C> kind, Guide<C> guide, byte @Nullable [] recognition, String sql) {
        return jdbc.sql(sql)
                .param("kind", kind.name())
                .param("guide", guide.id())
                .param("version", guide.version())
                .param("place", guide.place())
                .param("state", guide.state().name())
                .param("recognition", recognition)
                .param("body", json.write(guide));
    }

    <C extends GuideContent> Optional<Guide<C>> guide(Kind<C> kind, String id) {
        return jdbc.sql("select body from views.guide where kind = :kind and guide_id = :guide")
                .param("kind", kind.name())
                .param("guide", id)
                .query((row, _) -> json.read(row.getBytes("body"), kind.type()))
                .optional();
    }

    /** Those wanted, the one drafted last first, from the beginning of the list or from behind a place in it. */
    <C extends GuideContent> List<Guide<C>> newest(
            Kind<C> kind, Optional<ServiceName> service, Optional<State> state, OptionalLong behind, int most) {
        var where = new Where(cipher).and("g.kind = :kind", "kind", kind.name());
        state.ifPresent(s -> where.and("g.state = :state", "state", s.name()));
        behind.ifPresent(place -> where.and("g.place < :behind", "behind", place));
        service.ifPresent(s -> where.and("""
                g.guide_id in (select own.guide_id from views.guide_service own
                               where own.kind = :kind and own.service in (:services))
                """, "services", List.of(Folded.of(s.value()), ServiceName.ANY.value())));
        return jdbc.sql("select g.body from views.guide g" + where.sql() + "\norder by g.place desc limit :most")
                .params(where.values())
                .param("most", most)
                .query((row, _) -> json.read(row.getBytes("body"), kind.type()))
                .list();
    }

    /** By what each runbook in use is recognised. */
    List<Recognition> recognitions() {
        return jdbc.sql("select recognition from views.guide where kind = 'RUNBOOK' and recognition is not null")
                .query((row, _) -> json.read(row.getBytes("recognition"), Recognition.class))
                .list();
    }
}
