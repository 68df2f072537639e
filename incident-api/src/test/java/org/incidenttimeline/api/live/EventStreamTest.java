package org.incidenttimeline.api.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudevents.core.provider.EventFormatProvider;
import io.cloudevents.jackson.JsonFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.log.EventLog;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The stream of events, as one hears it who listens over HTTP. */
@ParameterizedClass
@EnumSource(Database.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
// A listener is closed early on purpose, and what is started is there for all tests of a database.
@SuppressWarnings({"try", "NullAway.Init"})
class EventStreamTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** As many notes as one request may bring. */
    private static final String NOTES = Stream.generate(() -> "{\"path\": \"/notes\", \"body\": {\"text\": \"told\"}}")
            .limit(Limits.BATCH_COMMANDS)
            .collect(Collectors.joining(",", "{\"commands\": [", "]}"));

    @Parameter
    private Database kind;

    private TestDatabase database;
    private RunningService service;
    private long before;
    private int count;

    @BeforeParameterizedClassInvocation
    void install() {
        database = TestDatabases.empty(kind);
        service = start();
    }

    @BeforeEach
    void begin() {
        if (!service.context().isActive()) {
            service = start();
        }
        before = service.context().getBean(EventLog.class).head();
        count++;
    }

    /** An incident of this test, by the name that the test has for it. */
    private String own(String incident) {
        return incident + "-" + count;
    }

    /** The position in the log, counted from what was there before this test. */
    private long at(long position) {
        return before + position;
    }

    private RunningService start(String... arguments) {
        return RunningService.on(database, Clock.systemUTC(), arguments);
    }

    private void restart(String... arguments) {
        service.close();
        service = start(arguments);
    }

    @AfterParameterizedClassInvocation
    void close() {
        service.close();
        database.close();
    }

    private void declare(String incident, String mode) {
        service.tell("/incidents", """
                {"incidentId": "%s", "title": "Checkout fails", "severity": "SEV3", "lead": "ana", "mode": "%s",
                 "detection": {"source": "ALERT"}, "services": ["checkout"]}
                """.formatted(own(incident), mode));
    }

    private void note(String incident, String text) {
        service.tell("/incidents/" + own(incident) + "/notes", "{\"text\": \"" + text + "\"}");
    }

    private void untilHeard(Listener listener, long... ids) {
        var expected = LongStream.of(ids).map(this::at).boxed().toList();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(listener.ids()).isEqualTo(expected));
    }

    @Test
    void whoever_listens_hears_what_happens_from_now_on() throws Exception {
        declare("inc-1", "LIVE");
        try (var listener = Listener.to(service, "", Optional.empty())) {
            await().atMost(PATIENCE).until(listener::hasBegun);
            assertThat(listener.lastEventId()).isEqualTo("" + at(1));

            note("inc-1", "line one\\nline two \\u2028 \\uD83D\\uDE92");

            untilHeard(listener, 2);
            var told = listener.told().getFirst();
            assertThat(told.type()).isEqualTo("org.incidenttimeline.incident.note-added.v1");
            assertThat(told.json().at("/data/text/text").asString())
                    .isEqualTo("line one\nline two \u2028 \uD83D\uDE92");
        }
    }

    @Test
    void every_event_is_a_cloud_event() throws Exception {
        EventFormatProvider.getInstance().registerFormat(new JsonFormat());
        declare("inc-1", "DRILL");
        note("inc-1", "told");
        var stored =
                service.context().getBean(EventLog.class).readAfter(at(1), 1).getFirst();

        try (var listener = Listener.to(service, "?from=" + at(1), Optional.empty())) {
            untilHeard(listener, 2);

            var told = listener.told().getFirst();
            var event = Objects.requireNonNull(EventFormatProvider.getInstance().resolveFormat(JsonFormat.CONTENT_TYPE))
                    .deserialize(told.data().getBytes(StandardCharsets.UTF_8));
            assertThat(event.getId()).isEqualTo(stored.eventId().toString());
            assertThat(event.getType()).isEqualTo(told.type());
            assertThat(event.getSource()).hasToString("/api/v1");
            assertThat(event.getSubject()).isEqualTo(own("inc-1"));
            assertThat(Objects.requireNonNull(event.getTime()).toInstant()).isEqualTo(stored.recordedAt());
            assertThat(event.getDataContentType()).isEqualTo("application/json");
            assertThat(event.getExtension("position")).isEqualTo("" + at(2));
            assertThat(event.getExtension("version")).isEqualTo(2);
            assertThat(event.getExtension("mode")).isEqualTo("DRILL");
            assertThat(event.getExtension("actor")).isEqualTo("ana");
            assertThat(told.json().get("data")).hasToString(stored.payload());
            assertThat(told.data()).doesNotContain("credential", "idempotency");
        }
    }

    @Test
    void whoever_comes_back_goes_on_behind_the_last_event_they_have() throws Exception {
        declare("inc-1", "LIVE");
        for (int i = 2; i <= 5; i++) {
            note("inc-1", "note " + i);
        }
        try (var listener = Listener.to(service, "?from=" + at(1), Optional.of("" + at(3)))) {
            untilHeard(listener, 4, 5);
            note("inc-1", "note 6");
            untilHeard(listener, 4, 5, 6);
        }
    }

    @Test
    void whoever_is_far_behind_is_brought_up_from_the_log() throws Exception {
        int all = 0;
        for (int i = 0; all <= LogTail.EVENTS; i++) {
            String incident = "far-" + i;
            declare(incident, "LIVE");
            service.tell("/incidents/" + own(incident) + "/commands", NOTES);
            all += 1 + Limits.BATCH_COMMANDS;
        }
        try (var listener = Listener.to(service, "?from=" + at(0), Optional.empty())) {
            int told = all;
            await().atMost(PATIENCE).until(() -> listener.ids().size() == told);
            note("far-1", "the last");
            await().atMost(PATIENCE).until(() -> listener.ids().size() == told + 1);

            assertThat(listener.ids())
                    .isEqualTo(
                            LongStream.rangeClosed(at(1), at(told + 1)).boxed().toList());
        }
    }

    @Test
    void a_listener_hears_only_what_they_asked_for() throws Exception {
        try (var one = Listener.to(service, "?kind=note-added&kind=closed&from=" + at(0), Optional.empty());
                var drills = Listener.to(service, "?mode=DRILL&from=" + at(0), Optional.empty())) {
            declare("inc-1", "LIVE");
            declare("inc-2", "DRILL");
            try (var other = Listener.to(service, "?incident=" + own("inc-2") + "&from=" + at(0), Optional.empty())) {
                note("inc-1", "of the first");
                note("inc-2", "of the second");

                untilHeard(one, 3, 4);
                untilHeard(drills, 2, 4);
                untilHeard(other, 2, 4);
            }
        }
    }

    @Test
    void silence_moves_the_last_id_past_what_was_not_asked_for() throws Exception {
        restart("--incident.events.heartbeat=PT0.1S");
        try (var listener = Listener.to(service, "?kind=closed", Optional.empty())) {
            declare("inc-1", "LIVE");
            note("inc-1", "told");

            await().atMost(PATIENCE).until(() -> listener.lastEventId().equals("" + at(2)));
            assertThat(listener.told()).isEmpty();
        }
        restart();
    }

    @Test
    void one_who_has_seen_more_than_there_is_learns_that_the_log_was_put_back() {
        declare("inc-1", "LIVE");

        var resumed = service.send(service.request("/api/v1/events")
                .header("Accept", "text/event-stream")
                .header("Last-Event-ID", "" + at(2)));
        var asked = service.get("/events?from=" + at(2));

        assertThat(resumed.status()).isEqualTo(409);
        assertThat(resumed.json().get("code").asString()).isEqualTo("log-rolled-back");
        assertThat(asked.status()).isEqualTo(409);
    }

    @Test
    void what_makes_no_sense_is_refused() {
        declare("inc-1", "LIVE");

        assertThat(service.get("/events?from=-1").json().get("code").asString()).isEqualTo("invalid-parameter");
        assertThat(service.get("/events?from=1e3").status()).isEqualTo(400);
        assertThat(service.get("/events?kind=no-such").status()).isEqualTo(400);
        assertThat(service.get("/events?mode=WILD").status()).isEqualTo(400);
        assertThat(service.get("/events?limit=0").status()).isEqualTo(400);
        assertThat(service.get("/events?limit=501").status()).isEqualTo(400);
        assertThat(service.get("/events?incident=inc-2").json().get("code").asString())
                .isEqualTo("incident-not-declared");
        assertThat(service.send(service.request("/api/v1/events").header("Last-Event-ID", "x"))
                        .json()
                        .get("code")
                        .asString())
                .isEqualTo("invalid-header");
        assertThat(service.send(service.request("/api/v1/events").header("Accept", "text/html"))
                        .status())
                .isEqualTo(406);
    }

    @Test
    void those_who_poll_read_page_by_page() {
        declare("inc-1", "LIVE");
        for (int i = 2; i <= 7; i++) {
            note("inc-1", "note " + i);
        }

        var first = service.send(service.request("/api/v1/events?limit=4&kind=note-added&from=" + at(0)));
        assertThat(first.header("Content-Type")).isEqualTo("application/cloudevents-batch+json");
        assertThat(positions(first.json())).containsExactly(at(2), at(3), at(4), at(5));
        assertThat(first.header("Link"))
                .isEqualTo("</api/v1/events?limit=4&kind=note-added&from=" + at(5) + ">; rel=\"next\"");

        var second = service.get("/events?limit=4&kind=note-added&from=" + at(5));
        assertThat(positions(second.json())).containsExactly(at(6), at(7));
        var third = service.get("/events?limit=4&kind=note-added&from=" + at(7));
        assertThat(positions(third.json())).isEmpty();
        assertThat(third.header("Link")).contains("from=" + at(7));
    }

    private static List<Long> positions(JsonNode batch) {
        return batch.valueStream()
                .map(event -> Long.parseLong(event.get("position").asString()))
                .toList();
    }

    @Test
    void there_are_no_more_streams_than_there_may_be() throws Exception {
        restart("--incident.events.streams-per-credential=2");
        var streams = service.context().getBean(Streams.class);
        try (var _ = Listener.to(service, "", Optional.empty());
                var second = Listener.to(service, "", Optional.empty())) {
            var third = service.send(service.request("/api/v1/events").header("Accept", "text/event-stream"));
            assertThat(third.status()).isEqualTo(429);
            assertThat(third.json().get("code").asString()).isEqualTo("too-many-streams");
            assertThat(third.header("Retry-After")).isNotEmpty();
            assertThat(streams.open()).isEqualTo(2);

            second.close();
            await().atMost(PATIENCE).until(() -> {
                // Only what is written shows that the other side has gone.
                declare("inc-" + System.nanoTime(), "LIVE");
                return streams.open() == 1;
            });
        }
        restart();
    }

    /** Less than the ten seconds for which the web server would wait for a stream that does not end. */
    @Test
    @Timeout(9)
    void open_streams_end_at_once_when_the_service_stops() throws IOException {
        var listener = Listener.to(service, "", Optional.empty());
        await().atMost(PATIENCE).until(listener::hasBegun);

        service.context().close();

        await().atMost(PATIENCE).until(listener::hasEnded);
    }
}
