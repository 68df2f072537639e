package org.incidenttimeline.projections.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.incidenttimeline.projections.Facts.*;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.incidenttimeline.core.event.Audience;
import org.incidenttimeline.core.event.Environment;
import org.incidenttimeline.core.event.FieldPath;
import org.incidenttimeline.core.event.IncidentEvent;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.Mode;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.PlaybookId;
import org.incidenttimeline.core.event.Recorded;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.core.event.RecordedPlaybookEvent;
import org.incidenttimeline.core.event.RecordedRunbookEvent;
import org.incidenttimeline.core.event.RedactedField;
import org.incidenttimeline.core.event.RedactionReason;
import org.incidenttimeline.core.event.Reference;
import org.incidenttimeline.core.event.RunbookId;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.event.Sha256;
import org.incidenttimeline.core.event.Visibility;
import org.incidenttimeline.core.history.IncidentHistory;
import org.incidenttimeline.core.seal.RowCipher;
import org.incidenttimeline.core.seal.SealingKey;
import org.incidenttimeline.projections.Facts;
import org.incidenttimeline.projections.RandomHistory;
import org.incidenttimeline.projections.actions.ActionFold;
import org.incidenttimeline.projections.deadlines.Deadline.UpdateDue;
import org.incidenttimeline.projections.deadlines.DeadlineFold;
import org.incidenttimeline.projections.feed.Tokens;
import org.incidenttimeline.projections.freezes.FreezeCheck;
import org.incidenttimeline.projections.freezes.FreezeFold;
import org.incidenttimeline.projections.guidance.Guide;
import org.incidenttimeline.projections.guidance.GuideFold;
import org.incidenttimeline.projections.guidance.GuideHistory;
import org.incidenttimeline.projections.guidance.Recordings;
import org.incidenttimeline.projections.incident.IncidentFold;
import org.incidenttimeline.projections.listing.IncidentFilter;
import org.incidenttimeline.projections.listing.ListedIncidentFold;
import org.incidenttimeline.projections.search.Query;
import org.incidenttimeline.projections.search.Term;
import org.incidenttimeline.projections.search.Terms;
import org.incidenttimeline.projections.statusboard.StatusCard;
import org.incidenttimeline.projections.statusboard.StatusCardFold;
import org.incidenttimeline.projections.store.ActionReader.Filter;
import org.incidenttimeline.projections.store.DeadlineTable.Due;
import org.incidenttimeline.projections.timeline.TimelineFold;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What every live view promises, on whichever database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LiveViewContract {
    private static final RowCipher CIPHER = SealingKey.generate().rowCipher();

    private TestDatabase database;
    private TimelineTable timelines;
    private StatusCardTable cards;
    private FreezeTable freezes;
    private ActionTable actions;
    private DeadlineTable deadlines;
    private IncidentIndexTable incidents;
    private SearchTable entries;
    private GuideTable guides;
    private List<LiveView> all;
    private TransactionTemplate transactions;

    abstract TestDatabase open() throws IOException;

    @BeforeAll
    void openDatabase() throws IOException {
        database = open();
        var jdbc = JdbcClient.create(database.dataSource());
        timelines = new TimelineTable(jdbc, CIPHER);
        cards = new StatusCardTable(jdbc, CIPHER);
        freezes = new FreezeTable(jdbc, CIPHER);
        actions = new ActionTable(jdbc, CIPHER);
        deadlines = new DeadlineTable(jdbc, CIPHER, TEMPLATES);
        incidents = new IncidentIndexTable(jdbc, CIPHER);
        entries = new SearchTable(jdbc, CIPHER);
        guides = new GuideTable(jdbc, CIPHER);
        all = List.of(timelines, cards, freezes, actions, deadlines, incidents, entries, guides);
        transactions = new TransactionTemplate(new DataSourceTransactionManager(database.dataSource()));
    }

    @AfterAll
    void closeDatabase() throws IOException {
        database.close();
    }

    @BeforeEach
    void forgetEverything() {
        all.forEach(LiveView::clear);
    }

    private void apply(RecordedEvent event) {
        transactions.executeWithoutResult(_ -> all.forEach(view -> view.apply(event)));
    }

    private void assertThatLiveIsTheFoldOf(List<RecordedEvent> events) {
        assertThat(timelines.timelineOf(INCIDENT)).isEqualTo(new TimelineFold().replay(events));
        assertThat(cards.cardOf(INCIDENT)).isEqualTo(new StatusCardFold().replay(events));
        assertThat(freezes.freezesOf(INCIDENT)).isEqualTo(new FreezeFold().replay(events));
        assertThat(actions.actionsOf(INCIDENT)).isEqualTo(new ActionFold().replay(events));
        assertThat(incidents.listed(INCIDENT)).isEqualTo(new ListedIncidentFold().replay(events));
        assertThat(deadlines.deadlinesOf(INCIDENT)).isEqualTo(new DeadlineFold(TEMPLATES).replay(events));
    }

    @Test
    void deadlines_that_passed_are_found_by_their_moment() {
        history(declared("14:10"), update(1, "15:00", "16:00", Audience.CUSTOMERS), action(1, "15:00", "2026-03-14"))
                .forEach(this::apply);

        assertThat(deadlines.dueBy(instant("16:00").minusMillis(1))).isEmpty();
        assertThat(deadlines.dueBy(instant("16:00")))
                .containsExactly(new Due(INCIDENT, new UpdateDue(Audience.CUSTOMERS, instant("16:00"))));
        assertThat(deadlines.dueBy(Instant.parse("2026-03-15T00:00:00Z"))).hasSize(2);
    }

    /** That every entry is found by the words that the timeline shows of it, and by no others. */
    private void assertThatWordsAreThoseOf(List<RecordedEvent> events) {
        for (var entry : new TimelineFold().replay(events).entries()) {
            assertThat(entries.termsAt(entry.recorded().position()))
                    .containsExactlyInAnyOrderElementsOf(Terms.of(SearchTable.words(entry)).stream()
                            .map(Term::folded)
                            .map(term -> HexFormat.of().formatHex(CIPHER.term(term)))
                            .collect(Collectors.toSet()));
        }
    }

    static LongStream seeds() {
        return LongStream.of(1, 2, 3);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void the_live_views_are_the_folds_after_every_event(long seed) {
        var events = RandomHistory.of(seed, 80);
        for (int i = 0; i < events.size(); i++) {
            apply(events.get(i));
            assertThatLiveIsTheFoldOf(events.subList(0, i + 1));
        }
        assertThatWordsAreThoseOf(events);
        assertThat(all).allSatisfy(view -> assertThat(view.position()).isEqualTo(80));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void an_event_that_comes_again_changes_nothing(long seed) {
        var random = new SplittableRandom(seed);
        var events = RandomHistory.of(seed + 100, 80);
        for (int i = 0; i < events.size(); i++) {
            apply(events.get(i));
            apply(events.get(random.nextInt(i + 1)));
        }
        assertThatLiveIsTheFoldOf(events);
        events.forEach(this::apply);

        assertThatLiveIsTheFoldOf(events);
        assertThatWordsAreThoseOf(events);
        assertThat(all).allSatisfy(view -> assertThat(view.position()).isEqualTo(80));
    }

    @Test
    void an_event_left_out_stops_the_status_board() {
        var events = history(declared("14:10"), note("14:20", "a"), note("14:30", "b"));
        cards.apply(events.getFirst());

        assertThatThrownBy(() -> cards.apply(events.getLast())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void an_event_left_out_stops_the_index_of_incidents() {
        var events = history(declared("14:10"), note("14:20", "a"), note("14:30", "b"));
        incidents.apply(events.getFirst());

        assertThatThrownBy(() -> incidents.apply(events.getLast())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_view_forgotten_and_built_again_is_the_same() {
        var events = RandomHistory.of(42, 80);
        events.forEach(this::apply);
        all.forEach(LiveView::clear);
        assertThat(timelines.timelineOf(INCIDENT).entries()).isEmpty();
        assertThat(timelines.position()).isZero();

        events.forEach(this::apply);

        assertThatLiveIsTheFoldOf(events);
    }

    @Test
    void what_was_taken_out_of_an_incident_is_in_no_view_any_more() {
        var told = List.<IncidentEvent>of(
                declared("14:10"),
                note("14:20", "hunter2"),
                corrected(2, Optional.of(text("it was hunter2")), Optional.empty()),
                Facts.frozen(1, "14:30", "checkout", "*"),
                action(1, "14:40", "2026-04-01"));
        history(told.toArray(IncidentEvent[]::new)).forEach(this::apply);
        assertThat(hits("hunter2")).containsExactly(2L);

        // As the log gives them from now on.
        var left = new ArrayList<>(told);
        left.set(1, note("14:20", "redacted:removed"));
        left.set(2, corrected(2, Optional.of(text("redacted:removed")), Optional.empty()));
        left.add(new IncidentEvent.EntryRedacted(
                INCIDENT,
                at("14:50"),
                1,
                2,
                List.of(new RedactedField(new FieldPath("/text"), new Sha256("ab".repeat(32)))),
                RedactionReason.PASTED_SECRET,
                ANA,
                BEN));
        var after = history(left.toArray(IncidentEvent[]::new));
        var later = new ArrayList<>(after);
        later.add(recorded(
                note("15:00", "comes later"), 7, after.getFirst().provenance().actor()));
        transactions.executeWithoutResult(
                _ -> all.forEach(view -> new Follower(view, _ -> later).apply(after.getLast())));

        assertThatLiveIsTheFoldOf(after);
        assertThatWordsAreThoseOf(after);
        assertThat(hits("hunter2")).isEmpty();
        assertThat(frozen("checkout", "production")).isTrue();
        assertThat(all).allSatisfy(view -> assertThat(view.position()).isEqualTo(6));
        apply(later.getLast());
        assertThatLiveIsTheFoldOf(later);
    }

    @Test
    void a_dropped_schema_comes_back_and_is_filled_again() {
        var events = RandomHistory.of(43, 80);
        events.forEach(this::apply);
        JdbcClient.create(database.dataSource())
                .sql("drop schema views cascade")
                .update();

        database.migrated();
        assertThat(cards.position()).isZero();
        events.forEach(this::apply);

        assertThatLiveIsTheFoldOf(events);
    }

    @Test
    void a_reader_folds_the_history_where_the_table_is_behind() {
        var events = RandomHistory.of(5, 60);
        events.subList(0, 40).forEach(this::apply);
        IncidentHistory history = _ -> events;

        assertThat(new TimelineReader(timelines, history).of(INCIDENT, 40).version())
                .isEqualTo(40);
        assertThat(new TimelineReader(timelines, history).of(INCIDENT, 41).version())
                .isEqualTo(60);
        assertThat(new StatusBoardReader(cards, incidents, history)
                        .card(INCIDENT, 40)
                        .map(StatusCard::version))
                .contains(40L);
        assertThat(new StatusBoardReader(cards, incidents, history)
                        .card(INCIDENT, 60)
                        .map(StatusCard::version))
                .contains(60L);
        assertThat(new TimelineReader(timelines, _ -> List.of())
                        .of(new IncidentId("unheard-of"), 0)
                        .entries())
                .isEmpty();
    }

    private static final int MOST = 20;

    private FreezeReader.Check check(String service, String environment, Optional<Reference> change) {
        return new FreezeReader(freezes, incidents, _ -> List.of())
                .check(new ServiceName(service), new Environment(environment), change, Viewer.OF_OPEN, MOST);
    }

    private boolean frozen(String service, String environment) {
        return check(service, environment, Optional.empty()).frozen();
    }

    @Test
    void a_freeze_answers_until_it_is_lifted() {
        var reader = new FreezeReader(freezes, incidents, _ -> List.of());
        var events = history(
                declared("14:10"),
                Facts.frozen(1, "14:20", "CheckOut", "*"),
                exception(1, 1, "14:30", "CHG-7"),
                lifted(1, "15:00"));

        apply(events.get(0));
        assertThat(frozen("checkout", "production")).isFalse();
        apply(events.get(1));
        assertThat(frozen("CHECKOUT", "any")).isTrue();
        assertThat(frozen("search", "production")).isFalse();
        apply(events.get(2));
        assertThat(check("checkout", "production", Optional.of(new Reference("CHG-7")))
                        .frozen())
                .isFalse();
        assertThat(check("checkout", "production", Optional.of(new Reference("CHG-8")))
                        .forbidding())
                .hasSize(1);
        assertThat(reader.on(Viewer.OF_OPEN, OptionalLong.empty(), MOST).value())
                .hasSize(1);
        apply(events.get(3));
        assertThat(frozen("checkout", "production")).isFalse();
        apply(events.get(1));
        assertThat(frozen("checkout", "production")).isFalse();
        assertThat(reader.on(Viewer.OF_OPEN, OptionalLong.empty(), MOST).value())
                .isEmpty();
        assertThat(reader.position()).isEqualTo(4);
    }

    @Test
    void a_freeze_holds_in_the_environments_that_it_names() {
        history(
                        declared("14:10"),
                        Facts.frozen(1, "14:20", "checkout", "Production"),
                        Facts.frozen(2, "14:21", "*", "staging"))
                .forEach(this::apply);

        assertThat(frozen("checkout", "PRODUCTION")).isTrue();
        assertThat(frozen("checkout", "staging")).isTrue();
        assertThat(frozen("checkout", "development")).isFalse();
        assertThat(frozen("search", "production")).isFalse();
        assertThat(frozen("search", "staging")).isTrue();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void the_check_answers_what_the_freezes_answer_themselves(long seed) {
        var events = RandomHistory.of(seed + 200, 120);
        events.forEach(this::apply);
        var all = new FreezeFold().replay(events).all();

        for (var change : List.of(Optional.<Reference>empty(), Optional.of(new Reference("CHG-3")))) {
            for (var service : List.of("checkout", "search")) {
                for (var environment : List.of("production", "staging")) {
                    assertThat(check(service, environment, change).frozen())
                            .isEqualTo(
                                    FreezeCheck.of(all, new ServiceName(service), new Environment(environment), change)
                                            .frozen());
                }
            }
        }
    }

    @Test
    void of_many_freezes_only_so_many_are_told() {
        history(
                        declared("14:10"),
                        Facts.frozen(1, "14:20", "*", "*"),
                        Facts.frozen(2, "14:21", "*", "*"),
                        Facts.frozen(3, "14:22", "*", "*"))
                .forEach(this::apply);
        var reader = new FreezeReader(freezes, incidents, _ -> List.of());

        var check = reader.check(CHECKOUT, PRODUCTION, Optional.empty(), Viewer.OF_OPEN, 2);

        assertThat(check.forbidding())
                .extracting(told -> told.freeze().freezeId().value())
                .containsExactly("freeze-3", "freeze-2");
        assertThat(check.all()).isFalse();
    }

    @Test
    void the_freeze_of_an_incident_that_is_not_seen_counts_and_is_not_told() {
        history(declared("14:10", Mode.LIVE, Visibility.RESTRICTED), Facts.frozen(1, "14:20", "*", "*"))
                .forEach(this::apply);
        var reader = new FreezeReader(freezes, incidents, _ -> List.of());

        var forOthers = reader.check(CHECKOUT, PRODUCTION, Optional.empty(), Viewer.OF_OPEN, MOST);
        var forAuditors = reader.check(CHECKOUT, PRODUCTION, Optional.empty(), Viewer.OF_ALL, MOST);

        assertThat(forOthers.frozen()).isTrue();
        assertThat(forOthers.forbidding()).extracting(FreezeReader.Told::seen).containsExactly(false);
        assertThat(forAuditors.forbidding()).extracting(FreezeReader.Told::seen).containsExactly(true);
        assertThat(reader.on(Viewer.OF_OPEN, OptionalLong.empty(), MOST).value())
                .extracting(FreezeReader.Told::seen)
                .containsExactly(false);
        assertThat(reader.on(confinedTo("elsewhere"), OptionalLong.empty(), MOST)
                        .value())
                .hasSize(1);
    }

    private static Viewer confinedTo(String service) {
        return new Viewer(Optional.of(new Person("deployer")), false, List.of(new ServiceName(service)));
    }

    @Test
    void whoever_is_confined_to_services_is_told_of_the_freezes_of_these() {
        history(
                        declared("14:10", Mode.LIVE, Visibility.RESTRICTED),
                        Facts.frozen(1, "14:20", "Checkout", "*"),
                        Facts.frozen(2, "14:20", "search", "*"))
                .forEach(this::apply);
        var reader = new FreezeReader(freezes, incidents, _ -> List.of());

        assertThat(reader.on(confinedTo("checkout"), OptionalLong.empty(), MOST).value())
                .extracting(told -> told.freeze().freezeId().value())
                .containsExactly("freeze-1");
        assertThat(reader.on(confinedTo("elsewhere"), OptionalLong.empty(), MOST)
                        .value())
                .isEmpty();
    }

    @Test
    void a_drill_freezes_nothing_real_and_is_shown() {
        history(declared("14:10", Mode.DRILL, Visibility.OPEN), Facts.frozen(1, "14:20", "*", "*"))
                .forEach(this::apply);
        var reader = new FreezeReader(freezes, incidents, _ -> List.of());

        assertThat(frozen("checkout", "production")).isFalse();
        assertThat(reader.on(Viewer.OF_OPEN, OptionalLong.empty(), MOST).value())
                .hasSize(1);
    }

    @Test
    void actions_are_found_by_owner_and_due_date_the_soonest_first() {
        var events = history(declared("14:10"), action(1, "15:00", "2026-04-20"), action(2, "15:01", "2026-04-10"));
        events.forEach(this::apply);
        var reader = new ActionReader(actions, incidents, _ -> events);
        var open = Filter.OPEN;

        assertThat(actions(open)).containsExactly("action-2", "action-1");
        assertThat(actions(new Filter(open.status(), Optional.empty(), Optional.of(LocalDate.parse("2026-04-11")))))
                .containsExactly("action-2");
        assertThat(actions(new Filter(Optional.empty(), Optional.of(BEN), Optional.empty())))
                .hasSize(2);
        assertThat(actions(new Filter(Optional.empty(), Optional.of(ANA), Optional.empty())))
                .isEmpty();
        assertThat(reader.of(INCIDENT))
                .isSortedAccordingTo(Comparator.comparing(a -> a.actionId().value()));
        var first =
                reader.list(open, Viewer.OF_OPEN, Optional.empty(), 1).value().getFirst();
        assertThat(reader.list(open, Viewer.OF_OPEN, Optional.of(first.place()), 9)
                        .value())
                .extracting(listed -> listed.item().actionId().value())
                .containsExactly("action-1");
    }

    private List<String> actions(Filter filter) {
        return new ActionReader(actions, incidents, _ -> List.of())
                .list(filter, Viewer.OF_OPEN, Optional.empty(), MOST).value().stream()
                        .map(listed -> listed.item().actionId().value())
                        .toList();
    }

    @Test
    void what_a_restricted_incident_holds_is_shown_only_to_those_who_may_see_it() {
        history(
                        declared("14:10", Mode.LIVE, Visibility.RESTRICTED),
                        action(1, "15:00", "2026-04-20"),
                        Facts.frozen(1, "15:01", "*", "*"))
                .forEach(this::apply);
        var lead = incidents.listed(INCIDENT).orElseThrow().lead();
        var named = new Viewer(Optional.of(lead), false, List.of());
        var stranger = new Viewer(Optional.of(new Person("nobody")), false, List.of());
        var elsewhere = new Viewer(Optional.of(lead), true, List.of(new ServiceName("elsewhere")));

        assertThat(thingsSeenBy(Viewer.OF_ALL)).isEqualTo(5);
        assertThat(thingsSeenBy(named)).isEqualTo(5);
        assertThat(thingsSeenBy(stranger)).isZero();
        assertThat(thingsSeenBy(Viewer.OF_OPEN)).isZero();
        assertThat(thingsSeenBy(elsewhere)).isZero();
    }

    private int thingsSeenBy(Viewer viewer) {
        return new StatusBoardReader(cards, incidents, _ -> List.of())
                        .board(instant("15:00"), viewer, List.of(), List.of())
                        .value()
                        .cards()
                        .size()
                + new ActionReader(actions, incidents, _ -> List.of())
                        .list(Filter.OPEN, viewer, Optional.empty(), MOST)
                        .value()
                        .size()
                + (int) new FreezeReader(freezes, incidents, _ -> List.of())
                        .on(viewer, OptionalLong.empty(), MOST).value().stream()
                                .filter(FreezeReader.Told::seen)
                                .count()
                + new IncidentIndexReader(incidents, entries, _ -> List.of())
                        .list(IncidentFilter.ALL, viewer, Optional.empty(), MOST)
                        .value()
                        .size()
                + new SearchReader(entries, incidents)
                        .find(new Query("pool waits"), viewer, OptionalLong.empty(), MOST)
                        .value()
                        .size();
    }

    @Test
    void a_corrected_entry_is_found_by_what_stands_now() {
        history(
                        declared("14:10"),
                        note("14:20", "the database is down"),
                        corrected(2, Optional.of(text("the network is down")), Optional.empty()))
                .forEach(this::apply);

        assertThat(hits("database")).isEmpty();
        assertThat(hits("network")).containsExactly(2L);
        assertThat(hits("misheard")).containsExactly(2L);
        assertThat(hits("down netw")).containsExactly(2L);
        assertThat(hits("netw down")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "STRASSE gesperrt | straße GESPERRT",
                "Straße | strasse",
                "İstanbul'da kesinti | istanbul",
                "ılık | ILIK",
                "İYİ | iyi",
                "ödeme | ÖDEME",
                "données périmées | perimees",
                "支払いが失敗した | 失敗",
                "支払いが失敗した | 支払",
                "支払いが失敗した | 敗",
                "サーバー停止 | ｻｰﾊﾞｰ",
                "결제가 실패했습니다 | 결제",
                "فَشِلَ الدفعُ | فشل",
                "ระบบล่ม | ล่ม",
                "ΟΔΟΣ | οδος",
                "the graph is on 🔥 again | 🔥",
                "checkout-api timed out | api",
                "ﬁle ＡＢＣ | file abc"
            })
    void words_are_found_whatever_their_script(String said, String wanted) {
        history(declared("14:10"), note("14:20", said), note("14:30", "unrelated"))
                .forEach(this::apply);

        assertThat(hits(wanted)).containsExactly(2L);
    }

    private List<Long> hits(String query) {
        return new SearchReader(entries, incidents)
                .find(new Query(query), Viewer.OF_OPEN, OptionalLong.empty(), MOST).value().stream()
                        .map(hit -> hit.entry().number())
                        .toList();
    }

    @Test
    void two_incidents_do_not_mix() {
        var mine = history(declared("14:10"), note("14:20", "mine"));
        mine.forEach(this::apply);
        var other = new ArrayList<RecordedEvent>();
        IncidentEvent declared = new IncidentEvent.NoteAdded(new IncidentId("other"), at("14:00"), text("theirs"));
        other.add(recorded(declared, 1, mine.getFirst().provenance().actor()));
        timelines.apply(other.getFirst());

        assertThat(timelines.timelineOf(INCIDENT).entries()).hasSize(2);
        assertThat(timelines.timelineOf(new IncidentId("other")).entries()).hasSize(1);
    }

    @Test
    void the_tokens_of_processors_are_kept_beside_the_views() {
        var tokens = JdbcTokenStore.builder()
                .connectionProvider(database.dataSource()::getConnection)
                .serializer(Jackson3Serializer.builder().build())
                .schema(Tokens.schema())
                .build();

        tokens.initializeTokenSegments("timeline-view", 1);
        tokens.fetchToken("timeline-view", 0);
        tokens.storeToken(new GlobalSequenceTrackingToken(7), "timeline-view", 0);

        assertThat(tokens.fetchToken("timeline-view", 0)).isEqualTo(new GlobalSequenceTrackingToken(7));
        assertThat(tokens.fetchSegments("timeline-view")).containsExactly(0);
    }

    private void apply(Recorded recorded) {
        transactions.executeWithoutResult(_ -> all.forEach(view -> {
            switch (recorded) {
                case RecordedEvent e -> view.apply(e);
                case RecordedRunbookEvent e -> view.apply(e);
                case RecordedPlaybookEvent e -> view.apply(e);
            }
        }));
    }

    @Test
    void a_runbook_and_a_playbook_of_one_name_are_the_folds_of_their_events() {
        var recordings = new Recordings()
                .drafted("lag", Recordings.runbook("Lag", "database", "Replication lag grows"))
                .playbookDrafted("lag", Recordings.playbook("Outage"))
                .approved("lag", 1)
                .revised("lag", 2, Recordings.runbook("Lag", "replica", "It is behind"))
                .playbookApproved("lag")
                .approved("lag", 2)
                .retired("lag");
        for (var recorded : recordings.all()) {
            apply(recorded);
            apply(recordings.all().getFirst());
            long position = recorded.position();

            var runbook = recordings.of(new RunbookId("lag")).stream()
                    .filter(r -> r.position() <= position)
                    .toList();
            assertThat(guides.guide(GuideTable.Kind.RUNBOOK, "lag"))
                    .isEqualTo(GuideFold.runbook(runbook).map(GuideHistory::guide));
            var playbook = recordings.of(new PlaybookId("lag")).stream()
                    .filter(r -> r.position() <= position)
                    .toList();
            assertThat(guides.guide(GuideTable.Kind.PLAYBOOK, "lag"))
                    .isEqualTo(GuideFold.playbook(playbook).map(GuideHistory::guide));
            assertThat(all).allSatisfy(view -> assertThat(view.position()).isEqualTo(position));
        }
    }

    @Test
    void an_event_left_out_stops_the_view_of_runbooks() {
        var recordings = new Recordings()
                .drafted("lag", Recordings.runbook("Lag", "database", "It is behind"))
                .approved("lag", 1)
                .retired("lag");
        var lag = recordings.of(new RunbookId("lag"));
        guides.apply(lag.getFirst());

        assertThatThrownBy(() -> guides.apply(lag.getLast())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void runbooks_are_listed_by_service_and_state_the_one_drafted_last_first() {
        new Recordings()
                .drafted("a", Recordings.runbook("A", "DataBase", "It is slow"))
                .drafted("b", Recordings.runbook("B", "search", "It is slow"))
                .drafted("c", Recordings.runbook("C", "*", "It is slow"))
                .approved("a", 1)
                .playbookDrafted("p", Recordings.playbook("P"))
                .all()
                .forEach(this::apply);

        assertThat(listed(Optional.empty(), Optional.empty(), OptionalLong.empty(), 9))
                .containsExactly("c", "b", "a");
        assertThat(listed(Optional.empty(), Optional.empty(), OptionalLong.of(3), 1))
                .containsExactly("b");
        assertThat(listed(Optional.of(new ServiceName("database")), Optional.empty(), OptionalLong.empty(), 9))
                .containsExactly("c", "a");
        assertThat(listed(Optional.empty(), Optional.of(Guide.State.DRAFT), OptionalLong.empty(), 9))
                .containsExactly("c", "b");
        assertThat(new GuideReader(guides)
                        .playbooks(Optional.empty(), Optional.empty(), OptionalLong.empty(), 9)
                        .value())
                .extracting(Guide::id)
                .containsExactly("p");
    }

    private List<String> listed(
            Optional<ServiceName> service, Optional<Guide.State> state, OptionalLong behind, int most) {
        return new GuideReader(guides)
                .runbooks(service, state, behind, most).value().stream()
                        .map(Guide::id)
                        .toList();
    }

    @Test
    void only_a_runbook_in_use_is_suggested_and_by_the_revision_in_use() {
        var incident = new IncidentFold().replay(history(declared("14:10"))).orElseThrow();
        var reader = new GuideReader(guides);
        var recordings = new Recordings().drafted("lag", Recordings.runbook("Old", "checkout", "It is slow"));
        recordings.all().forEach(this::apply);
        assertThat(reader.suggestions(incident)).isEmpty();

        recordings.approved("lag", 1).revised("lag", 2, Recordings.runbook("New", "checkout", "It is slow"));
        recordings.all().forEach(this::apply);
        assertThat(reader.suggestions(incident))
                .extracting(s -> s.runbook().title().value())
                .containsExactly("Old");

        recordings.retired("lag").all().forEach(this::apply);
        assertThat(reader.suggestions(incident)).isEmpty();
    }
}
