package org.incidenttimeline.api.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.incidenttimeline.api.rebuild.Rebuild.Kind;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Recorded;
import org.incidenttimeline.core.history.RecordedLog;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.seal.RowCipher;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.incidenttimeline.projections.store.LiveView;
import org.incidenttimeline.projections.store.ViewRebuild;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Views are built anew while they answer, and what differs from the log is found. */
@ParameterizedClass
@EnumSource(Database.class)
class RebuildTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int NOTES = 600;

    @SuppressWarnings("NullAway.Init")
    private static TestDatabase database;

    @SuppressWarnings("NullAway.Init")
    private static RunningService service;

    RebuildTest(Database kind) {}

    @BeforeParameterizedClassInvocation
    static void start(Database kind) {
        database = TestDatabases.empty(kind);
        service = RunningService.on(database, Clock.systemUTC(), "--incident.rebuilds.pause=100ms");
        service.tell("/incidents", """
                {"incidentId": "inc-1", "title": "Checkout fails", "severity": "SEV3", "lead": "ana",
                 "services": ["checkout"], "detection": {"source": "ALERT"}}""");
        service.tell("/incidents/inc-1/freezes", """
                {"scope": {"services": ["checkout"], "environments": ["production"]}, "reason": "One thing at a time"}""");
        for (int i = 0; i < NOTES / 50; i++) {
            note(50);
        }
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        service.close();
        database.close();
    }

    /** So many notes, in requests of a hundred at most. */
    private static void note(int count) {
        var command = "{\"path\": \"/notes\", \"body\": {\"text\": \"Latency of the gateway\"}}";
        var body = "{\"commands\": [" + String.join(",", Collections.nCopies(count, command)) + "]}";
        // On H2 one transaction writes at a time, and seven views follow: a busy machine may say to try again.
        await().atMost(PATIENCE)
                .until(() -> service.post("/incidents/inc-1/commands", body).status() == 200);
    }

    private static JsonNode done(String kind, String views) {
        var begun = service.tell("/rebuilds", "{\"kind\": \"" + kind + "\"" + views + "}");
        assertThat(begun.status()).isEqualTo(202);
        await().atMost(PATIENCE)
                .until(() -> Set.of("DONE", "FAILED")
                        .contains(rebuild(begun.header("Location")).get("state").asString()));
        var rebuild = rebuild(begun.header("Location"));
        assertThat(rebuild.get("state").asString()).isEqualTo("DONE");
        return rebuild;
    }

    private static JsonNode rebuild(String address) {
        return service.send(service.request(address)).accepted().json();
    }

    private static JdbcClient jdbc() {
        return service.context().getBean(JdbcClient.class);
    }

    private static void change(String sql) {
        transaction()
                .executeWithoutResult(_ -> assertThat(jdbc().sql(sql).update()).isPositive());
    }

    /** As somebody does who has the key of the installation. */
    private static void changeTheCard(String words, String others) {
        var cipher = service.context().getBean(RowCipher.class);
        byte[] card = jdbc().sql("select body from views.status_card")
                .query(byte[].class)
                .single();
        transaction()
                .executeWithoutResult(_ -> assertThat(jdbc().sql("update views.status_card set body = :body")
                                .param("body", cipher.close(cipher.open(card).replace(words, others)))
                                .update())
                        .isOne());
    }

    private static TransactionTemplate transaction() {
        return new TransactionTemplate(service.context().getBean(PlatformTransactionManager.class));
    }

    private static String board() {
        return service.get("/status-board").accepted().json().get("incidents").toString();
    }

    @Test
    void what_was_changed_in_a_view_is_found_and_mended() {
        assertThat(done("COMPARE", "").get("differences")).isEmpty();
        changeTheCard("Checkout fails", "All is well");
        change("delete from views.freeze_scope");

        var found = done("COMPARE", "").get("differences");

        assertThat(found.valueStream()
                        .map(d ->
                                d.get("table").asString() + " " + d.get("side").asString()))
                .containsExactlyInAnyOrder("status_card LIVE", "status_card REBUILT", "freeze_scope REBUILT");
        assertThat(found.toString()).contains("All is well", "Checkout fails");

        done("REPLACE", ", \"views\": [\"status-board-view\", \"freeze-view\"]");
        assertThat(done("COMPARE", "").get("differences")).isEmpty();
        assertThat(board()).contains("Checkout fails");
        assertThat(service.get("/freezes/check?service=checkout&environment=production")
                        .json()
                        .get("frozen")
                        .booleanValue())
                .isTrue();
    }

    @Test
    void it_answers_and_takes_commands_all_the_while() {
        var telling = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 20; i++) {
                note(5);
            }
        });

        var rebuild = done("REPLACE", "");
        assertThat(board()).contains("Checkout fails");
        telling.join();

        assertThat(rebuild.get("reached").longValue()).isGreaterThan(NOTES);
        assertThat(rebuild.get("eventsPerSecond").longValue()).isPositive();
        assertThat(done("COMPARE", "").get("differences")).isEmpty();
        assertThat(service.get("/incidents/inc-1")
                        .accepted()
                        .json()
                        .get("version")
                        .longValue())
                .isGreaterThanOrEqualTo(NOTES + 100);
    }

    @Test
    void it_goes_on_where_it_was_cut_off() {
        var beans = service.context();
        var table = beans.getBean(RebuildTable.class);
        var views = beans.getBean(ViewRebuild.class);
        var log = beans.getBean(RecordedLog.class);
        var asked = new ArrayList<Long>();
        // No node carries it out but the one of this test: it is asked for and done in one transaction.
        transaction().executeWithoutResult(_ -> {
            var rebuild = beans.getBean(Rebuilds.class)
                    .request(Kind.REPLACE, List.of("timeline-view"), new Person("ana"))
                    .orElseThrow();
            var cutOff = new Rebuilder(table, views, new Failing(log, 2, asked), transaction(), Clock.systemUTC());
            assertThatThrownBy(cutOff::run).isInstanceOf(DataAccessResourceFailureException.class);
            assertThat(table.find(rebuild.id()).orElseThrow().state()).isEqualTo(Rebuild.State.RUNNING);
            var another = new Rebuilder(
                    table, views, new Failing(log, Integer.MAX_VALUE, asked), transaction(), Clock.systemUTC());
            another.run();
            assertThat(table.find(rebuild.id()).orElseThrow().state()).isEqualTo(Rebuild.State.DONE);
        });

        assertThat(asked).startsWith(0L, 500L, 500L);
        assertThat(done("COMPARE", "").get("differences")).isEmpty();
    }

    /** A log that can be read so often. */
    private record Failing(RecordedLog log, int times, List<Long> asked) implements RecordedLog {
        @Override
        public List<Recorded> after(long position, int most) {
            asked.add(position);
            if (asked.size() == times) {
                throw new DataAccessResourceFailureException("cut off");
            }
            return log.after(position, most);
        }

        @Override
        public long head() {
            return log.head();
        }
    }

    @Test
    void a_view_that_is_not_there_is_named() {
        var refused =
                service.post("/rebuilds", "{\"kind\": \"COMPARE\", \"views\": [\"status-board-view\", \"nothing\"]}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/errors/0/pointer").asString()).isEqualTo("/views/1");
        assertThat(service.get("/rebuilds/00000000-0000-0000-0000-000000000000").status())
                .isEqualTo(404);
    }

    @Test
    void every_view_of_the_application_can_be_built_anew() {
        assertThat(service.context().getBeansOfType(LiveView.class).values().stream()
                        .map(LiveView::name)
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(
                        service.context().getBean(ViewRebuild.class).views());
    }
}
