package org.incidenttimeline.projections.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.incidenttimeline.projections.Facts.*;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.incidenttimeline.core.event.Audience;
import org.incidenttimeline.core.event.Environment;
import org.incidenttimeline.core.event.IncidentEvent;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.Mode;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.core.event.Reference;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.event.Visibility;
import org.incidenttimeline.core.history.IncidentHistory;
import org.incidenttimeline.projections.RandomHistory;
import org.incidenttimeline.projections.actions.ActionFold;
import org.incidenttimeline.projections.deadlines.Deadline.UpdateDue;
import org.incidenttimeline.projections.deadlines.DeadlineFold;
import org.incidenttimeline.projections.feed.Tokens;
import org.incidenttimeline.projections.freezes.FreezeFold;
import org.incidenttimeline.projections.statusboard.StatusCard;
import org.incidenttimeline.projections.statusboard.StatusCardFold;
import org.incidenttimeline.projections.store.DeadlineTable.Due;
import org.incidenttimeline.projections.timeline.TimelineFold;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What every live view promises, on whichever database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LiveViewContract {
    private TestDatabase database;
    private TimelineTable timelines;
    private StatusCardTable cards;
    private FreezeTable freezes;
    private ActionTable actions;
    private DeadlineTable deadlines;
    private List<LiveView> all;
    private TransactionTemplate transactions;

    abstract TestDatabase open() throws IOException;

    @BeforeAll
    void openDatabase() throws IOException {
        database = open();
        var jdbc = JdbcClient.create(database.dataSource());
        timelines = new TimelineTable(jdbc);
        cards = new StatusCardTable(jdbc);
        freezes = new FreezeTable(jdbc);
        actions = new ActionTable(jdbc);
        deadlines = new DeadlineTable(jdbc);
        all = List.of(timelines, cards, freezes, actions, deadlines);
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
        assertThat(actions.actionsOf(INCIDENT)).containsExactlyInAnyOrderElementsOf(new ActionFold().replay(events));
        assertThat(deadlines.deadlinesOf(INCIDENT)).isEqualTo(new DeadlineFold().replay(events));
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
        assertThat(all).allSatisfy(view -> assertThat(view.position()).isEqualTo(80));
    }

    @Test
    void an_event_left_out_stops_the_status_board() {
        var events = history(declared("14:10"), note("14:20", "a"), note("14:30", "b"));
        cards.apply(events.getFirst());

        assertThatThrownBy(() -> cards.apply(events.getLast())).isInstanceOf(IllegalStateException.class);
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
        assertThat(new StatusBoardReader(cards, history).card(INCIDENT, 40).map(StatusCard::version))
                .contains(40L);
        assertThat(new StatusBoardReader(cards, history).card(INCIDENT, 60).map(StatusCard::version))
                .contains(60L);
        assertThat(new TimelineReader(timelines, _ -> List.of())
                        .of(new IncidentId("unheard-of"), 0)
                        .entries())
                .isEmpty();
    }

    @Test
    void a_freeze_answers_until_it_is_lifted() {
        var reader = new FreezeReader(freezes, _ -> List.of());
        var none = Optional.<Reference>empty();
        var events = history(
                declared("14:10"),
                frozen(1, "14:20", "CheckOut", "*"),
                exception(1, 1, "14:30", "CHG-7"),
                lifted(1, "15:00"));

        apply(events.get(0));
        assertThat(reader.check(CHECKOUT, PRODUCTION, none).frozen()).isFalse();
        apply(events.get(1));
        assertThat(reader.check(new ServiceName("CHECKOUT"), new Environment("any"), none)
                        .frozen())
                .isTrue();
        assertThat(reader.check(new ServiceName("search"), PRODUCTION, none).frozen())
                .isFalse();
        apply(events.get(2));
        var check = reader.check(CHECKOUT, PRODUCTION, Optional.of(new Reference("CHG-7")));
        assertThat(check.frozen()).isFalse();
        assertThat(check.letting()).hasSize(1);
        assertThat(reader.on()).hasSize(1);
        apply(events.get(3));
        assertThat(reader.check(CHECKOUT, PRODUCTION, none).frozen()).isFalse();
        apply(events.get(1));
        assertThat(reader.check(CHECKOUT, PRODUCTION, none).frozen()).isFalse();
        assertThat(reader.on()).isEmpty();
        assertThat(reader.position()).isEqualTo(4);
    }

    @Test
    void a_drill_freezes_nothing_real_and_is_shown() {
        history(declared("14:10", Mode.DRILL, Visibility.OPEN), frozen(1, "14:20", "*", "*"))
                .forEach(this::apply);
        var reader = new FreezeReader(freezes, _ -> List.of());

        assertThat(reader.check(CHECKOUT, PRODUCTION, Optional.empty()).frozen())
                .isFalse();
        assertThat(reader.on()).hasSize(1);
    }

    @Test
    void actions_are_found_by_owner_and_due_date_the_soonest_first() {
        var events = history(declared("14:10"), action(1, "15:00", "2026-04-20"), action(2, "15:01", "2026-04-10"));
        events.forEach(this::apply);
        var reader = new ActionReader(actions, _ -> events);

        assertThat(reader.open()).extracting(a -> a.actionId().value()).containsExactly("action-2", "action-1");
        assertThat(reader.overdue(LocalDate.parse("2026-04-11")))
                .extracting(a -> a.actionId().value())
                .containsExactly("action-2");
        assertThat(reader.ownedBy(BEN)).hasSize(2);
        assertThat(reader.ownedBy(ANA)).isEmpty();
        assertThat(reader.of(INCIDENT))
                .isSortedAccordingTo(Comparator.comparing(a -> a.actionId().value()));
    }

    @Test
    void what_a_restricted_incident_holds_is_shown_only_where_asked_for() {
        history(declared("14:10", Mode.LIVE, Visibility.RESTRICTED), action(1, "15:00", "2026-04-20"))
                .forEach(this::apply);
        var board = new StatusBoardReader(cards, _ -> List.of());
        var reader = new ActionReader(actions, _ -> List.of());

        assertThat(board.board(instant("15:00")).cards()).isEmpty();
        assertThat(board.boardWithRestricted(instant("15:00")).cards()).hasSize(1);
        assertThat(reader.open()).isEmpty();
        assertThat(reader.withRestricted().open()).hasSize(1);
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
}
