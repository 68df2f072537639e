package org.incidenttimeline.projections.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.core.seal.RowCipher;
import org.incidenttimeline.projections.listing.ListedIncident;
import org.incidenttimeline.projections.search.Query;
import org.incidenttimeline.projections.search.Term;
import org.incidenttimeline.projections.search.Terms;
import org.incidenttimeline.projections.timeline.TimelineChange;
import org.incidenttimeline.projections.timeline.TimelineEntry;
import org.incidenttimeline.projections.wording.EntryWords;
import org.incidenttimeline.projections.wording.People;
import org.incidenttimeline.projections.wording.Phrase;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The entries of all timelines by the words that a timeline shows of them, the title of an incident being among those of
 * its first. A corrected entry is found by what stands now, and by why it was corrected.
 *
 * <p>Terms are kept as bytes that only this installation can tell ({@link RowCipher#term}); the terms with one beginning lie
 * side by side in the index.
 */
public final class SearchTable implements LiveView {
    public static final String NAME = "search-view";

    /** Of an entry with more, the terms that come first are found. */
    public static final int MOST_TERMS = 2_000;

    private static final int ROWS_A_STATEMENT = 100;
    private static final byte LARGEST = (byte) 0xff;

    private final JdbcClient jdbc;
    private final ViewProgress progress;
    private final RowCipher cipher;
    private final ViewJson json;

    public SearchTable(JdbcClient jdbc, RowCipher cipher) {
        this.jdbc = jdbc;
        this.cipher = cipher;
        this.json = new ViewJson(cipher);
        this.progress = new ViewProgress(jdbc, NAME);
    }

    /** An entry that was found, with the incident that it belongs to. */
    record Found(TimelineEntry entry, ListedIncident incident) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void apply(RecordedEvent event) {
        progress.reached(event.position());
        switch (TimelineChange.of(event)) {
            case TimelineChange.Added change -> add(change.added());
            case TimelineChange.Corrected change -> correct(event, change);
            case TimelineChange.Pinned _ -> {}
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
        return List.of("search_term", "search_entry");
    }

    @Override
    public void forget(IncidentId incident) {
        progress.hold();
        // Term by term, since the index of terms begins with them.
        entries(incident)
                .forEach(entry ->
                        delete(List.copyOf(terms(entry)), entry.recorded().position()));
        progress.forget(incident, List.of("search_entry"));
    }

    @Override
    public void clear() {
        progress.clear(tables());
    }

    private void add(TimelineEntry entry) {
        int inserted = jdbc.sql("""
                        insert into views.search_entry (incident_id, entry, version, place, body)
                        values (:incident, :entry, :entry, :place, :body)
                        on conflict do nothing
                        """)
                .param("incident", entry.event().incidentId().value())
                .param("entry", entry.number())
                .param("place", entry.recorded().position())
                .param("body", json.write(entry))
                .update();
        if (inserted > 0) {
            insert(List.copyOf(terms(entry)), entry.recorded().position());
        }
    }

    private void correct(RecordedEvent event, TimelineChange.Corrected change) {
        var stored = entry(event.event().incidentId(), change.entry());
        if (stored.isEmpty()) {
            return;
        }
        var before = stored.get();
        var after = change.to(before);
        int updated = jdbc.sql("""
                        update views.search_entry set version = :version, body = :body
                        where incident_id = :incident and entry = :entry and version < :version
                        """)
                .param("incident", event.event().incidentId().value())
                .param("entry", change.entry())
                .param("version", event.version())
                .param("body", json.write(after))
                .update();
        if (updated > 0) {
            long place = before.recorded().position();
            delete(without(terms(before), terms(after)), place);
            insert(without(terms(after), terms(before)), place);
        }
    }

    private Optional<TimelineEntry> entry(IncidentId incident, long entry) {
        return jdbc.sql("select body from views.search_entry where incident_id = :incident and entry = :entry")
                .param("incident", incident.value())
                .param("entry", entry)
                .query((row, _) -> json.read(row.getBytes("body"), TimelineEntry.class))
                .optional();
    }

    private List<TimelineEntry> entries(IncidentId incident) {
        return jdbc.sql("select body from views.search_entry where incident_id = :incident")
                .param("incident", incident.value())
                .query((row, _) -> json.read(row.getBytes("body"), TimelineEntry.class))
                .list();
    }

    private void insert(List<String> terms, long place) {
        inPortions(terms).forEach(portion -> {
            String rows = portion.stream().map(_ -> "(?, ?)").collect(Collectors.joining(", "));
            jdbc.sql("insert into views.search_term (term, place) values " + rows + " on conflict do nothing")
                    .params(portion.stream()
                            .flatMap(term -> Stream.<Object>of(cipher.term(term), place))
                            .toList())
                    .update();
        });
    }

    private void delete(List<String> terms, long place) {
        inPortions(terms)
                .forEach(portion -> jdbc.sql("delete from views.search_term where place = :place and term in (:terms)")
                        .param("place", place)
                        .param("terms", portion.stream().map(cipher::term).toList())
                        .update());
    }

    private static List<List<String>> inPortions(List<String> terms) {
        var portions = new ArrayList<List<String>>();
        for (int i = 0; i < terms.size(); i += ROWS_A_STATEMENT) {
            portions.add(terms.subList(i, Math.min(terms.size(), i + ROWS_A_STATEMENT)));
        }
        return portions;
    }

    private static List<String> without(Set<String> terms, Set<String> others) {
        return terms.stream().filter(term -> !others.contains(term)).toList();
    }

    private static Set<String> terms(TimelineEntry entry) {
        return Terms.of(words(entry)).stream()
                .map(Term::folded)
                .distinct()
                .limit(MOST_TERMS)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** What a timeline shows of an entry, a line for each detail, with people by name. */
    static String words(TimelineEntry entry) {
        var words = EntryWords.of(entry, People.named());
        return Stream.concat(Stream.of(words.headline()), words.details().stream())
                .map(Phrase::text)
                .collect(Collectors.joining("\n"));
    }

    /** The condition that the query finds an entry; {@code place} is the column with the entry's place in the log. */
    Where found(Query query, String place) {
        var where = new Where(cipher);
        int n = 0;
        for (String word : query.wanted().words()) {
            String name = "term" + n++;
            where.and(
                    place + " in (select t.place from views.search_term t where t.term = :" + name + ")",
                    name,
                    cipher.term(word));
        }
        for (String beginning : query.wanted().beginnings()) {
            String from = "from" + n;
            String to = "to" + n++;
            byte[] begins = cipher.term(beginning);
            where.and(place + " in (select t.place from views.search_term t where t.term >= :" + from
                            + " and t.term < :" + to + ")")
                    .value(from, begins)
                    .value(to, behind(begins));
        }
        return where;
    }

    /** The first bytes behind all that begin with these. */
    static byte[] behind(byte[] beginning) {
        int last = beginning.length - 1;
        while (last >= 0 && beginning[last] == LARGEST) {
            last--;
        }
        if (last < 0) {
            byte[] end = new byte[beginning.length + 1];
            Arrays.fill(end, LARGEST);
            return end;
        }
        byte[] behind = Arrays.copyOf(beginning, last + 1);
        behind[last]++;
        return behind;
    }

    /** The entries recorded last first, so many of those that meet the condition on the alias {@code e}. */
    List<Found> newest(Where where, int most) {
        return jdbc.sql("""
                        select e.body, i.body as incident
                        from views.search_entry e join views.incident_index i on i.incident_id = e.incident_id
                        """ + where.sql() + " order by e.place desc limit :most")
                .params(where.values())
                .param("most", most)
                .query((row, _) -> new Found(
                        json.read(row.getBytes("body"), TimelineEntry.class),
                        json.read(row.getBytes("incident"), ListedIncident.class)))
                .list();
    }

    /** The terms by which an entry is found, for tests that compare a live table with a rebuilt one. */
    List<String> termsAt(long place) {
        return jdbc.sql("select term from views.search_term where place = :place order by term")
                .param("place", place)
                .query((row, _) -> HexFormat.of().formatHex(row.getBytes("term")))
                .list();
    }
}
