package org.incidenttimeline.projections.store;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.incidenttimeline.core.duty.DutyTemplates;
import org.incidenttimeline.core.event.Recorded;
import org.incidenttimeline.core.history.IncidentHistory;
import org.incidenttimeline.core.seal.DamagedSeal;
import org.incidenttimeline.core.seal.RowCipher;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Builds views from the first event, in a schema beside the one whose tables answer, and then compares the two or puts the
 * new rows in the place of the old ones. The caller holds the transactions.
 */
public final class ViewRebuild {
    /** The schema in which views are built; it has the tables of the schema {@code views}. */
    public static final String SCHEMA = "rebuilt";

    private final JdbcClient jdbc;
    private final RowCipher cipher;
    private final Map<String, LiveView> live;
    private final Map<String, LiveView> fresh;
    private final IncidentHistory history;

    public ViewRebuild(JdbcClient jdbc, RowCipher cipher, DutyTemplates templates, IncidentHistory history) {
        this.jdbc = jdbc;
        this.cipher = cipher;
        this.history = history;
        this.live = byName(jdbc, cipher, templates);
        this.fresh = byName(new InSchema(jdbc, SCHEMA), cipher, templates);
    }

    private static Map<String, LiveView> byName(JdbcClient jdbc, RowCipher cipher, DutyTemplates templates) {
        return LiveViews.in(jdbc, cipher, templates).stream()
                .collect(Collectors.toMap(LiveView::name, Function.identity()));
    }

    /**
     * A row that is in one of the two only.
     *
     * @param row its columns by name; what stands for words is opened, other bytes are told as hexadecimal digits
     */
    public record Difference(String view, String table, Side side, Map<String, String> row) {
        /** Where the row is. */
        public enum Side {
            LIVE,
            REBUILT
        }
    }

    /** The names of all views. */
    public List<String> views() {
        return live.keySet().stream().sorted().toList();
    }

    /** Forgets what was built of a view before. */
    public void begin(String view) {
        fresh(view).clear();
    }

    /** The position up to which a view is built. */
    public long position(String view) {
        return fresh(view).position();
    }

    /** The position that the live view has reached. */
    public long livePosition(String view) {
        return live(view).position();
    }

    /** Applies events that follow one another in the log; those that the view has seen change nothing. */
    public void apply(String view, List<Recorded> events) {
        long seen = position(view);
        var follower = new Follower(fresh(view), history);
        events.stream().filter(event -> event.position() > seen).forEach(follower::apply);
    }

    /** Keeps events from the live view until the transaction ends. */
    public void hold(String view) {
        new ViewProgress(jdbc, view).hold();
    }

    /**
     * Puts what was built in the place of what there was. Where the live view was behind, the events between come once
     * more and change nothing.
     */
    public void cutOver(String view) {
        long position = position(view);
        live(view).clear();
        for (var table : live(view).tables().reversed()) {
            jdbc.sql("insert into views." + table + " select * from " + SCHEMA + "." + table)
                    .update();
        }
        new ViewProgress(jdbc, view).reached(position);
        fresh(view).clear();
    }

    /** So many of the rows at most in which the live view and the one that was built differ. */
    public List<Difference> differences(String view, int most) {
        var found = new ArrayList<Difference>();
        for (var table : live(view).tables()) {
            found.addAll(rowsOnlyIn(view, table, Difference.Side.LIVE, most - found.size()));
            found.addAll(rowsOnlyIn(view, table, Difference.Side.REBUILT, most - found.size()));
        }
        return found;
    }

    private List<Difference> rowsOnlyIn(String view, String table, Difference.Side side, int most) {
        var ours = switch (side) {
            case LIVE -> List.of("views", SCHEMA);
            case REBUILT -> List.of(SCHEMA, "views");
        };
        return jdbc
                .sql("select * from (select * from %s.%s except select * from %s.%s) only_here limit :most"
                        .formatted(ours.getFirst(), table, ours.getLast(), table))
                .param("most", most)
                .query()
                .listOfRows()
                .stream()
                .map(row -> new Difference(view, table, side, told(row)))
                .toList();
    }

    private Map<String, String> told(Map<String, @Nullable Object> row) {
        var told = new TreeMap<String, String>();
        row.forEach((column, value) ->
                told.put(column, value instanceof byte[] bytes ? told(bytes) : String.valueOf(value)));
        return told;
    }

    /** Bytes that do not open were changed, or stand for a term or a name. */
    private String told(byte[] bytes) {
        try {
            return cipher.open(bytes);
        } catch (DamagedSeal _) {
            return HexFormat.of().formatHex(bytes);
        }
    }

    private LiveView live(String view) {
        return known(live, view);
    }

    private LiveView fresh(String view) {
        return known(fresh, view);
    }

    private static LiveView known(Map<String, LiveView> views, String name) {
        var view = views.get(name);
        if (view == null) {
            throw new IllegalArgumentException("no such view: " + name);
        }
        return view;
    }
}
