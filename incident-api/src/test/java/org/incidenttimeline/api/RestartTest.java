package org.incidenttimeline.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.incidenttimeline.api.testing.MutableClock;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.api.testing.SeedStory;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.log.EventLog;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.incidenttimeline.projections.store.LiveView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is known outlives the process, and the views outlive even their own tables. */
@ParameterizedClass
@EnumSource(Database.class)
class RestartTest {
    private static final List<String> READS = List.of(
            "/incidents/checkout-latency",
            "/incidents/checkout-latency/timeline",
            "/incidents/checkout-latency/postmortem",
            "/incidents/search-down",
            "/incidents/search-down/timeline",
            "/status-board",
            "/freezes",
            "/freezes/check?service=search&environment=production",
            "/actions",
            "/actions?owner=cleo",
            "/incidents",
            "/incidents?severity=SEV1&q=down",
            "/search?q=down");

    private final TestDatabase database;
    private final MutableClock clock = new MutableClock(SeedStory.TOLD_AT);
    private RunningService service;

    RestartTest(Database kind) {
        database = TestDatabases.empty(kind);
        service = RunningService.on(database, clock);
    }

    @BeforeEach
    void tell() {
        var story = new SeedStory(service);
        story.untilTheRollbackBegins();
        story.untilResolved();
        story.untilClosed();
        service.tell("/incidents/checkout-latency/actions/action-3/completion", "{\"outcome\": \"A bot reminds\"}");
        service.tell("/incidents", """
                {"incidentId": "search-down", "title": "Search is down", "severity": "SEV1", "lead": "ben",
                 "detection": {"source": "ALERT"}, "dedupKey": "alert/search"}
                """);
        service.tell("/incidents/search-down/freezes", """
                {"scope": {"services": ["search"], "environments": ["*"]}, "reason": "It is down"}
                """);
        service.tell("/incidents/search-down/entries/1/pin", "{}");
        service.tell("/incidents/search-down/entries/2/correction", """
                {"text": "It is down for all", "because": "Too narrow"}
                """);
    }

    @AfterEach
    void close() {
        service.close();
        database.close();
    }

    @Test
    void the_views_are_where_they_were_and_go_on() {
        var answers = answers();
        var rows = rows();

        restart();

        assertThat(answers()).isEqualTo(answers);
        assertThat(rows()).isEqualTo(rows);
        var taken = service.post("/incidents", """
                {"title": "Search", "severity": "SEV3", "lead": "bot", "detection": {"source": "ALERT"},
                 "dedupKey": "alert/search"}
                """);
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.json().get("code").asString()).isEqualTo("dedup-key-taken");
        var told = service.tell("/incidents/search-down/notes", "{\"text\": \"Told after the restart\"}");
        assertThat(told.version()).isEqualTo(5);
        assertThat(service.get("/status-board?minPosition="
                                + told.json().get("position").asLong())
                        .accepted()
                        .json()
                        .get("incidents")
                        .get(0)
                        .get("version")
                        .asLong())
                .isEqualTo(5);
    }

    @Test
    void views_that_were_dropped_are_rebuilt_from_the_log() {
        var answers = answers();
        var rows = rows();

        service.close();
        database.execute("drop schema views cascade");
        service = RunningService.on(database, clock);

        assertThat(answers()).isEqualTo(answers);
        assertThat(rows()).isEqualTo(rows);
    }

    @Test
    void a_restart_in_mid_story_loses_and_repeats_nothing() {
        for (int i = 5; i < 8; i++) {
            var told = service.tell("/incidents/search-down/notes", "{\"text\": \"note " + i + "\"}");
            assertThat(told.version()).isEqualTo(i);
            restart();
        }

        answers();
        assertThat(rows("timeline_entry").stream().filter(row -> row.startsWith("search-down ")))
                .hasSize(5);
        assertThat(service.get("/incidents/search-down/timeline")
                        .json()
                        .get("entries")
                        .valueStream()
                        .map(e -> e.get("number").asLong()))
                .containsExactlyInAnyOrder(1L, 2L, 5L, 6L, 7L);
    }

    private void restart() {
        service.close();
        service = RunningService.on(database, clock);
    }

    /** Every answer, byte for byte, once the views know all that the log knows. */
    private Map<String, String> answers() {
        long head = service.context().getBean(EventLog.class).head();
        int views = service.context().getBeansOfType(LiveView.class).size();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> rows("view_progress").stream()
                                .filter(row -> row.endsWith(" " + head))
                                .count()
                        == views);
        var answers = new LinkedHashMap<String, String>();
        for (var read : READS) {
            answers.put(read, service.get(read).accepted().text());
        }
        return answers;
    }

    /** Every row of the views but the tokens, which are Axon's own. */
    private Map<String, List<String>> rows() {
        var rows = new LinkedHashMap<String, List<String>>();
        for (var table : List.of(
                "view_progress",
                "timeline_entry",
                "timeline_correction",
                "status_card",
                "freeze_incident",
                "freeze",
                "freeze_scope",
                "freeze_exempted",
                "action_item",
                "incident_index",
                "incident_service",
                "incident_person",
                "search_entry",
                "deadline")) {
            rows.put(table, rows(table));
        }
        return rows;
    }

    private List<String> rows(String table) {
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select * from views." + table)) {
            var rows = new ArrayList<String>();
            while (row.next()) {
                var columns = new ArrayList<String>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    columns.add(
                            row.getObject(i) instanceof byte[] bytes
                                    ? HexFormat.of().formatHex(bytes)
                                    : String.valueOf(row.getObject(i)));
                }
                rows.add(String.join(" ", columns));
            }
            rows.sort(null);
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(table, e);
        }
    }
}
