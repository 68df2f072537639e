package org.incidenttimeline.api.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.incidenttimeline.api.access.AccessRole;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.api.testing.RunningService.Answer;
import org.incidenttimeline.core.command.BatchAccepted;
import org.incidenttimeline.core.command.CommandBatch;
import org.incidenttimeline.core.command.CommandDesk;
import org.incidenttimeline.core.command.NotAccepted;
import org.incidenttimeline.core.command.RetryKey;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files of past incidents, from the request to the timeline. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ImportsContract {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private static final String FROM_GITLAB = "source=GitLab&zone=UTC&licence=CC%20BY-SA%204.0";
    private static final String FROM_A_STATUS_PAGE = "format=statuspage&source=Example&lead=Example%20operations";

    private final TestDatabase database;
    private final Desk desk = new Desk();
    private final RunningService service;

    // Every test has incidents of its own, for they share the service.
    private String test = "";
    private String gitlab = "";
    private String inc1 = "";
    private String inc2 = "";

    ImportsContract(Database kind) {
        database = TestDatabases.empty(kind);
        service = RunningService.with(database, Clock.systemUTC(), desk::between);
    }

    @BeforeEach
    void name() {
        test = "t" + COUNT.incrementAndGet();
        gitlab = "gitlab-2017-01-31-" + test;
        inc1 = "one-" + test;
        inc2 = "two-" + test;
    }

    @AfterAll
    void close() {
        service.close();
        database.close();
    }

    /** The desk of the application, and what may go wrong at it. */
    private static final class Desk implements CommandDesk {
        private @Nullable GenericApplicationContext beans;
        private final AtomicInteger failing = new AtomicInteger();
        private volatile NotAccepted.Reason reason = NotAccepted.Reason.OUTCOME_UNKNOWN;

        void between(GenericApplicationContext application) {
            beans = application;
            application.registerBean("deskWithTroubles", CommandDesk.class, () -> this, bean -> bean.setPrimary(true));
        }

        /** Records what the next commands ask for, and then fails to say so. */
        void loseAnswers(int count, NotAccepted.Reason as) {
            reason = as;
            failing.set(count);
        }

        @Override
        public BatchAccepted submit(CommandBatch batch) {
            var real = Objects.requireNonNull(beans).getBean("commandDesk", CommandDesk.class);
            var accepted = real.submit(batch);
            if (failing.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new NotAccepted(reason, "The answer is lost.", Map.of(), null);
            }
            return accepted;
        }

        @Override
        public Optional<BatchAccepted> recorded(RetryKey key) {
            return Objects.requireNonNull(beans)
                    .getBean("commandDesk", CommandDesk.class)
                    .recorded(key);
        }
    }

    private byte[] file(String name) throws IOException {
        try (var file = ImportsContract.class.getResourceAsStream("/imports/" + name)) {
            return utf8(new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll("gitlab-2017-01-31|status page/17|k2b8p0w7v4qd|m7c1r9y3h5nf|x0xx", "$0-" + test));
        }
    }

    /** A file in which inc-1 and inc-2 stand for incidents of this test. */
    private byte[] lines(String text) {
        return utf8(text.replace("inc-1", inc1).replace("inc-2", inc2));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Answer send(String parameters, String type, BodyPublisher body) {
        return service.send(service.request("/api/v1/imports?" + parameters)
                .header("Content-Type", type)
                .POST(body));
    }

    private Answer send(String parameters, byte[] file) {
        String type = parameters.contains("statuspage") ? "application/json" : "application/x-ndjson";
        return send(parameters, type, BodyPublishers.ofByteArray(file));
    }

    private String accepted(String parameters, byte[] file) {
        var answer = send(parameters, file).accepted();
        assertThat(answer.status()).isEqualTo(202);
        String id = answer.json().get("importId").stringValue();
        assertThat(answer.header("Location")).isEqualTo("/api/v1/imports/" + id);
        return id;
    }

    /** Sends a file, sees it carried out, and answers how far it came. */
    private JsonNode imported(String parameters, byte[] file) {
        return done(accepted(parameters, file));
    }

    private JsonNode done(String id) {
        runner().runAll();
        await().until(() -> progress(id).get("state").stringValue().equals("DONE"));
        return progress(id);
    }

    private ImportRunner runner() {
        return service.context().getBean(ImportRunner.class);
    }

    private JsonNode progress(String id) {
        return service.get("/imports/" + id).accepted().json();
    }

    private List<JsonNode> report(JsonNode progress) {
        var answer = service.send(
                service.request("/api/v1/imports/" + progress.get("importId").stringValue() + "/report"));
        assertThat(answer.accepted().header("Content-Type")).startsWith("application/x-ndjson");
        return answer.text()
                .lines()
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();
    }

    private static String counts(JsonNode progress) {
        var lines = progress.get("lines");
        assertThat(lines.get("waiting").asLong()).isZero();
        return lines.get("accepted").asLong() + " accepted, "
                + lines.get("unchanged").asLong() + " unchanged, "
                + lines.get("refused").asLong() + " refused";
    }

    private JsonNode incident(String id) {
        return service.get("/incidents/" + id).accepted().json();
    }

    private List<JsonNode> timeline(String id) {
        long version = incident(id).get("version").asLong();
        return service.get("/incidents/" + id + "/timeline?people=NAMES&minVersion=" + version)
                .accepted()
                .json()
                .get("entries")
                .valueStream()
                .toList();
    }

    private JsonNode entry(String incident, String sourceId) {
        return timeline(incident).stream()
                .filter(e -> e.path("imported").path("id").asString("").equals(sourceId))
                .findFirst()
                .orElseThrow();
    }

    private static String time(JsonNode time) {
        return time.get("precision").stringValue() + " " + time.get("at").asString("") + " "
                + time.get("until").asString("") + " " + time.get("original").asString("");
    }

    private static String field(JsonNode line, String name) {
        return line.get(name).asString("");
    }

    @Test
    void a_public_timeline_keeps_its_times_its_words_and_where_it_comes_from() throws IOException {
        var progress = imported(FROM_GITLAB, file("gitlab-2017-01-31.ndjson"));

        assertThat(report(progress))
                .allSatisfy(line -> assertThat(field(line, "detail")).isEmpty());
        assertThat(counts(progress)).isEqualTo("18 accepted, 0 unchanged, 0 refused");
        var incident = incident(gitlab);
        assertThat(incident.get("mode").stringValue()).isEqualTo("BACKFILLED");
        assertThat(incident.get("phase").stringValue()).isEqualTo("RESOLVED");
        var imported = incident.get("imported");
        assertThat(imported.get("source").stringValue()).isEqualTo("GitLab");
        assertThat(imported.get("licence").stringValue()).isEqualTo("CC BY-SA 4.0");
        assertThat(imported.get("by").stringValue()).isEqualTo("ana");
        assertThat(imported.get("importRun")).isEqualTo(progress.get("importId"));
        assertThat(imported.get("url").stringValue()).endsWith("postmortem-of-database-outage-of-january-31/");

        assertThat(time(entry(gitlab, "notes-1").get("occurredAt")))
                .isEqualTo("APPROXIMATE 2017-01-31T19:00:00Z  ±19:00");
        assertThat(time(entry(gitlab, "notes-7").get("occurredAt")))
                .isEqualTo("INTERVAL 2017-01-31T22:00:00Z 2017-01-31T23:00:00Z 14:?? PST");
        assertThat(time(entry(gitlab, "notes-5").get("occurredAt")))
                .isEqualTo("ORDER_ONLY 2017-01-31T22:30:00Z  afterwards");
        assertThat(time(entry(gitlab, "notes-10").get("occurredAt")))
                .as("nobody's clock showed PDT in January; the importer said that clocks stood at UTC")
                .isEqualTo("MINUTE 2017-02-01T00:36:00Z  2017-02-01 00:36 PDT");
        assertThat(time(entry(gitlab, "notes-11").get("occurredAt")))
                .isEqualTo("INTERVAL 2017-02-01T17:00:00Z 2017-02-01T17:30:00Z 2017-02-01 17:00 to 17:30 UTC");
        var disputed = entry(gitlab, "notes-8");
        assertThat(time(disputed.get("occurredAt"))).isEqualTo("APPROXIMATE 2017-01-31T23:00:00Z  23:00-ish");
        assertThat(disputed.get("flags").toString()).isEqualTo("[\"TIME_DISPUTED\"]");
        assertThat(disputed.get("imported").get("otherTimes").valueStream())
                .extracting(claim ->
                        time(claim.get("time")) + ": " + claim.get("claimedBy").stringValue())
                .containsExactly(
                        "APPROXIMATE 2017-01-31T23:25:00Z  about 23:25: the postmortem",
                        "INTERVAL 2017-01-31T23:00:00Z 2017-01-31T23:30:00Z 23:00-23:30: a reader of the shell history");

        assertThat(timeline(gitlab))
                .extracting(e -> e.path("imported").path("id").asString(""))
                .filteredOn(id -> !id.isEmpty())
                .as("in the order in which it happened, whatever the order of the file")
                .containsExactly(
                        "notes-1",
                        "notes-2",
                        "notes-7",
                        "notes-5",
                        "notes-8",
                        "notes-9",
                        "notes-10",
                        "notes-11",
                        "notes-12");
        assertThat(service.markdown("/incidents/" + gitlab + "/postmortem").text())
                .contains("Imported from | GitLab", "licence: CC BY-SA 4.0", "other times are claimed")
                .contains("Which of the times claimed for 1 entry is right");
    }

    @Test
    void an_incident_that_was_reopened_stays_as_its_source_last_said() throws IOException {
        var report = report(imported(FROM_GITLAB, file("gitlab-2017-01-31.ndjson")));

        var pages = report.stream()
                .filter(line -> field(line, "sourceId").equals("status page/17-" + test))
                .map(line -> field(line, "incident"))
                .findFirst()
                .orElseThrow();
        assertThat(pages).as("its name has not the form of ours").matches("[0-9a-f-]{36}");
        var incident = incident(pages);
        assertThat(incident.get("phase").stringValue()).isEqualTo("RESOLVED");
        assertThat(incident.get("imported").get("id").stringValue()).isEqualTo("status page/17-" + test);
        assertThat(incident.get("imported").get("licence").stringValue()).isEqualTo("CC BY-SA 4.0");
        assertThat(incident.get("milestones")
                        .valueStream()
                        .filter(m -> m.get("name").stringValue().equals("RESOLVED"))
                        .map(m -> m.get("at").get("at").stringValue()))
                .containsExactly("2016-11-02T12:40:00Z");
        assertThat(incident.get("milestones").toString()).doesNotContain("ACKNOWLEDGED", "RECOVERED");
    }

    @Test
    void a_file_that_is_sent_again_changes_nothing() throws IOException {
        var file = file("gitlab-2017-01-31.ndjson");
        var first = report(imported(FROM_GITLAB, file));
        long version = incident(gitlab).get("version").asLong();

        var second = imported(FROM_GITLAB, file);

        assertThat(counts(second)).isEqualTo("0 accepted, 18 unchanged, 0 refused");
        assertThat(incident(gitlab).get("version").asLong()).isEqualTo(version);
        assertThat(report(second))
                .extracting(line -> line.get("entry").asLong())
                .containsExactlyElementsOf(
                        first.stream().map(line -> line.get("entry").asLong()).toList());
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3"})
    void the_order_of_the_lines_does_not_matter(long seed) throws IOException {
        var lines = new ArrayList<>(new String(file("gitlab-2017-01-31.ndjson"), StandardCharsets.UTF_8)
                .lines()
                // Commands rest on each other, so theirs does.
                .filter(line -> !line.contains("\"path\""))
                .toList());
        Collections.shuffle(lines, new Random(seed));

        imported(FROM_GITLAB, utf8(String.join("\r\n", lines)));

        assertThat(incident(gitlab).get("phase").stringValue()).isEqualTo("RESOLVED");
        var entries = timeline(gitlab).stream()
                .filter(e -> !e.get("imported").isNull())
                .toList();
        assertThat(entries).hasSize(9);
        assertThat(entries)
                .extracting(e -> e.get("occurredAt").get("at").stringValue())
                .isSorted();
    }

    @Test
    void a_dry_run_records_nothing_and_reports_what_a_real_one_then_does() throws IOException {
        var file = file("gitlab-2017-01-31.ndjson");

        var dry = imported(FROM_GITLAB + "&dryRun=true", file);

        assertThat(service.get("/incidents/" + gitlab).status()).isEqualTo(404);
        assertThat(report(imported(FROM_GITLAB, file))).isEqualTo(report(dry));
        assertThat(report(imported(FROM_GITLAB + "&dryRun=true", file))).isEqualTo(report(imported(FROM_GITLAB, file)));
    }

    @Test
    void a_status_page_becomes_incidents_with_its_own_words() throws IOException {
        var progress = imported(FROM_A_STATUS_PAGE, file("statuspage-incidents.json"));

        assertThat(counts(progress)).isEqualTo("8 accepted, 0 unchanged, 2 refused");
        var incident = incident("k2b8p0w7v4qd-" + test);
        assertThat(incident.get("title").stringValue()).isEqualTo("Checkout errors in Europe");
        assertThat(incident.get("severity").stringValue()).isEqualTo("SEV2");
        assertThat(incident.get("phase").stringValue()).isEqualTo("RESOLVED");
        assertThat(incident.get("services").toString()).isEqualTo("[\"Checkout\"]");
        assertThat(incident("m7c1r9y3h5nf-" + test).get("phase").stringValue()).isEqualTo("INVESTIGATING");
        assertThat(timeline("k2b8p0w7v4qd-" + test))
                .extracting(e -> field(e, "headline"))
                .containsExactly(
                        "Declared as SEV2: Checkout errors in Europe",
                        "Status investigating: Some orders in Europe fail.",
                        "Status identified: A change of the payment gateway is being undone.",
                        "Status monitoring",
                        "Status resolved: Orders go through again.<br />Thank you for waiting.",
                        "Status postmortem: Read what we learned at https://status.example.com/incidents/k2b8p0w7v4qd-"
                                + test,
                        "Imported from Example");
        assertThat(time(entry("k2b8p0w7v4qd-" + test, "u2").get("occurredAt")))
                .as("the time that the page shows")
                .isEqualTo("MINUTE 2019-02-20T20:25:00Z  ");
        assertThat(entry("k2b8p0w7v4qd-" + test, "u5")
                        .get("imported")
                        .get("otherTimes")
                        .toString())
                .contains("2019-02-20T22:58:00Z", "resolved_at of the incident");
        assertThat(entry("k2b8p0w7v4qd-" + test, "u9")
                        .get("imported")
                        .get("statusMeans")
                        .isNull())
                .isTrue();
        assertThat(report(progress).subList(8, 10))
                .extracting(line -> field(line, "code") + " "
                        + line.get("errors").path(0).path("pointer").asString(""))
                .containsExactly("invalid-request /declare/severity", "declaration-refused ");
        assertThat(counts(imported(FROM_A_STATUS_PAGE, file("statuspage-incidents.json"))))
                .isEqualTo("0 accepted, 8 unchanged, 2 refused");
    }

    @Test
    void what_cannot_be_carried_out_is_told_line_by_line_and_stops_nothing_else() {
        var file = new ByteArrayOutputStream();
        var declare = "{\"incident\":\"inc-1\",\"declare\":{\"title\":\"Down\",\"severity\":\"SEV3\",\"lead\":\"ana\","
                + "\"detection\":{\"source\":\"OTHER\"}}}";
        var lines = List.of(
                lines("\uFEFF" + declare),
                new byte[] {'{', '"', (byte) 0xC0, (byte) 0xAF, '"', '}'},
                lines("{\"incident\":\"inc-1\",\"entry\":{\"text\":\"" + "x".repeat(1_000_000) + "\"}}"),
                lines("{\"incident\":\"inc-9\",\"entry\":{\"text\":\"about nothing\"}}"),
                lines("{\"incident\":\"inc-1\",\"entry\":{\"id\":\"7\",\"text\":\"one\"}}"),
                lines("{\"incident\":\"inc-1\",\"entry\":{\"id\":\"7\",\"text\":\"other\"}}"),
                lines(
                        "{\"incident\":\"inc-1\",\"entry\":{\"text\":\"later\",\"occurredAt\":\"2999-01-01T00:00:00Z\"}}"),
                lines("{\"incident\":\"inc-1\",\"entry\":{\"text\":\"later\",\"occurredAt\":\"around lunch\"}}"),
                lines("{\"incident\":\"inc-1\",\"entry\":{\"text\":\"a\",\"url\":\"nowhere\",\"colour\":\"red\"}}"),
                lines("{\"incident\":\"inc-1\",\"entry\":{}}"),
                lines("{\"incident\":\"inc-1\",\"entry\":{\"text\":\"a\"},\"declare\":{}}"),
                lines("{\"incident\":\"inc-1\"}"),
                lines("{\"incident\":\"inc-1\",\"path\":\"\",\"body\":{}}"),
                lines("{\"incident\":\"inc-1\",\"path\":\"/nowhere\",\"body\":{}}"),
                lines("{\"incident\":\"inc-1\",\"path\":\"/notes\",\"body\":{\"text\":7}}"),
                lines("{\"incident\":\"inc-1\",\"incident\":\"inc-2\",\"entry\":{}}"),
                utf8("not JSON"),
                utf8("   "),
                lines("{\"incident\":\"inc-2\",\"declare\":{\"title\":\"Down\"}}"),
                lines("{\"incident\":\"inc-2\",\"entry\":{\"text\":\"a\"}}"),
                lines("{\"incident\":\"inc-1\",\"entry\":{\"id\":\"8\",\"text\":\"the last\"}}"));
        lines.forEach(line -> {
            file.writeBytes(line);
            file.write('\n');
        });

        var progress = imported("source=wiki", file.toByteArray());

        assertThat(report(progress))
                .extracting(line -> line.get("line").asLong() + " " + field(line, "outcome") + " " + field(line, "code")
                        + line.get("errors")
                                .valueStream()
                                .map(error -> " " + error.get("pointer").stringValue())
                                .toList())
                .containsExactly(
                        "1 ACCEPTED []",
                        "2 REFUSED malformed-json[]",
                        "3 REFUSED body-too-large[]",
                        "4 REFUSED incident-not-declared[]",
                        "5 ACCEPTED []",
                        "6 REFUSED imported-otherwise[]",
                        "7 REFUSED occurred-in-the-future[]",
                        "8 REFUSED invalid-request[ /entry/occurredAt]",
                        "9 REFUSED invalid-request[ /entry/url,  /entry/colour]",
                        "10 REFUSED entry-says-nothing[]",
                        "11 REFUSED invalid-request[ ]",
                        "12 REFUSED invalid-request[ ]",
                        "13 REFUSED invalid-request[ /path]",
                        "14 REFUSED not-found[]",
                        "15 REFUSED invalid-request[ /body/text]",
                        "16 REFUSED malformed-json[]",
                        "17 REFUSED malformed-json[]",
                        "19 REFUSED invalid-request[ /declare/severity]",
                        "20 REFUSED declaration-refused[]",
                        "21 ACCEPTED []");
        assertThat(timeline(inc1)).hasSize(4);
        assertThat(service.get("/incidents/" + inc2).status()).isEqualTo(404);
    }

    @Test
    void an_incident_that_happens_now_takes_no_import() {
        service.tell("/incidents", """
                {"incidentId":"%s","title":"Down","severity":"SEV3","lead":"ana","detection":{"source":"ALERT"}}""".formatted(inc1));

        var progress = imported("source=wiki", lines("""
                {"incident":"inc-1","entry":{"text":"a"}}
                {"incident":"inc-1","path":"/notes","body":{"text":"a"}}
                {"incident":"inc-2","declare":{"title":"Down","severity":"SEV3","lead":"ana","detection":{"source":"OTHER"}}}
                {"incident":"inc-2","entry":{"text":"b"}}"""));

        assertThat(report(progress))
                .extracting(line -> field(line, "outcome") + " " + field(line, "code"))
                .containsExactly(
                        "REFUSED incident-not-backfilled", "REFUSED incident-not-backfilled", "ACCEPTED ", "ACCEPTED ");
        assertThat(incident(inc1).get("version").asLong()).isEqualTo(1);
    }

    @Test
    void a_name_that_another_record_has_taken_is_no_way_into_its_incident() {
        var declare = """
                {"incident":"inc-1","declare":{"title":"Down","severity":"SEV3","lead":"ana","detection":{"source":"OTHER"}}}
                {"incident":"inc-1","entry":{"text":"of this source"}}""";
        imported("source=wiki", lines(declare));

        assertThat(report(imported("source=blog", lines(declare))))
                .extracting(line -> field(line, "code"))
                .containsExactly("incident-already-declared", "declaration-refused");
        assertThat(timeline(inc1)).hasSize(3);
    }

    @Test
    void an_answer_that_is_lost_records_no_line_twice() throws IOException {
        var id = accepted(FROM_GITLAB, file("gitlab-2017-01-31.ndjson"));
        desk.loseAnswers(7, NotAccepted.Reason.OUTCOME_UNKNOWN);

        assertThat(counts(done(id))).isEqualTo("18 accepted, 0 unchanged, 0 refused");
        assertThat(timeline(gitlab)).hasSize(13);
    }

    @Test
    void an_import_that_breaks_off_goes_on_where_it_was() throws IOException {
        var id = accepted(FROM_GITLAB, file("gitlab-2017-01-31.ndjson"));
        desk.loseAnswers(3, NotAccepted.Reason.LOG_UNAVAILABLE);

        assertThat(counts(done(id))).isEqualTo("18 accepted, 0 unchanged, 0 refused");
        assertThat(timeline(gitlab)).hasSize(13);
        assertThat(report(progress(id)))
                .extracting(line -> field(line, "incident") + line.get("entry"))
                .doesNotHaveDuplicates();
    }

    @Test
    void a_file_that_is_cut_off_leaves_nothing_behind() throws IOException {
        var file = file("gitlab-2017-01-31.ndjson");
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the line is dead");
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return read();
            }
        };
        var cut = BodyPublishers.ofInputStream(
                () -> new SequenceInputStream(new ByteArrayInputStream(file, 0, file.length - 100), broken));

        long before = rows();

        assertThatThrownBy(() -> send(FROM_GITLAB, "application/x-ndjson", cut))
                .isInstanceOf(UncheckedIOException.class);

        await().untilAsserted(() -> assertThat(rows()).isEqualTo(before));
        assertThat(counts(imported(FROM_GITLAB, file))).isEqualTo("18 accepted, 0 unchanged, 0 refused");
    }

    private long rows() {
        var jdbc = service.context().getBean(JdbcClient.class);
        return jdbc.sql("select (select count(*) from app.import_run) + (select count(*) from app.import_line)")
                .query(Long.class)
                .single();
    }

    @Test
    void the_words_are_not_kept_beside_the_log() throws IOException {
        imported(FROM_GITLAB, file("gitlab-2017-01-31.ndjson"));

        var jdbc = service.context().getBean(JdbcClient.class);
        assertThat(jdbc.sql("select count(*) from app.import_line where body is not null")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void a_file_that_is_too_large_is_refused_where_it_passes_the_limit() {
        long before = rows();
        byte[] chunk = utf8(" ".repeat(65_535) + "\n");
        int chunks = Limits.IMPORT_BYTES / chunk.length + 1;
        var endless = BodyPublishers.concat(IntStream.range(0, chunks)
                .mapToObj(_ -> BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(chunk)))
                .toArray(BodyPublisher[]::new));

        isRefused(send("source=wiki", "application/x-ndjson", endless), 413, "body-too-large");
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void a_status_page_that_is_none_is_refused_as_a_whole() {
        long before = rows();
        isRefused(send(FROM_A_STATUS_PAGE, utf8("{\"incidents\":{}}")), 400, "malformed-json");
        isRefused(send(FROM_A_STATUS_PAGE, utf8("{\"incidents\":[{\"id\":\"a\"},")), 400, "malformed-json");
        isRefused(send(FROM_A_STATUS_PAGE, utf8("{\"incidents\":[]} {}")), 400, "malformed-json");
        isRefused(send(FROM_A_STATUS_PAGE, utf8("[]")), 400, "malformed-json");
        isRefused(send(FROM_A_STATUS_PAGE, new byte[] {'{', '"', (byte) 0xC0, (byte) 0xAF}), 400, "malformed-json");
        isRefused(
                send(FROM_A_STATUS_PAGE, utf8("{\"incidents\":[{\"a\":[" + "1,".repeat(100_000) + "1]}]}")),
                400,
                "json-limit-exceeded");
        isRefused(
                send(FROM_A_STATUS_PAGE, utf8("{\"a\":" + "[".repeat(40) + "]".repeat(40) + "}")),
                400,
                "json-limit-exceeded");
        assertThat(rows()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "'', application/x-ndjson, 400, invalid-parameter",
        "source=%20, application/x-ndjson, 400, invalid-parameter",
        "source=wiki&format=csv, application/x-ndjson, 400, invalid-parameter",
        "source=wiki&zone=Mars/Olympus, application/x-ndjson, 400, invalid-parameter",
        "source=wiki&dryRun=perhaps, application/x-ndjson, 400, invalid-parameter",
        "source=wiki&format=statuspage, application/json, 400, invalid-parameter",
        "source=wiki, application/json, 415, unsupported-media-type",
        "source=wiki, application/x-ndjson;charset=latin1, 415, unsupported-media-type",
        "source=wiki&lead=a&format=statuspage, application/x-ndjson, 415, unsupported-media-type",
    })
    void what_is_wrong_with_the_request_is_told_at_once(String parameters, String type, int status, String code) {
        isRefused(send(parameters, type, BodyPublishers.ofString("{}")), status, code);
    }

    private static void isRefused(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.json().get("code").stringValue()).isEqualTo(code);
    }

    @Test
    void an_import_is_there_for_whoever_sent_it_and_for_those_who_keep_watch() {
        var ben = service.as("ben-" + test, AccessRole.AUTHOR);
        String id = accepted("source=wiki", declaring(inc1, "OPEN", ""));

        isRefused(ben.get("/imports/" + id), 404, "not-found");
        isRefused(ben.get("/imports/" + id + "/report"), 404, "not-found");
        assertThat(service.as("cleo-" + test, AccessRole.AUDITOR)
                        .get("/imports/" + id)
                        .status())
                .isEqualTo(200);
        assertThat(service.as("dan-" + test, AccessRole.RESPONDER)
                        .get("/imports/" + id)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void an_incident_that_the_importer_may_not_see_is_to_them_not_there() {
        var file = lines("{\"incident\":\"inc-1\",\"entry\":{\"text\":\"I know of it\"}}");
        imported("source=wiki", declaring(inc1, "RESTRICTED", ""));
        var ben = service.as("ben-" + test, AccessRole.AUTHOR);

        var id = ben.send(ben.request("/api/v1/imports?source=wiki")
                        .header("Content-Type", "application/x-ndjson")
                        .POST(BodyPublishers.ofByteArray(file)))
                .accepted()
                .json()
                .get("importId")
                .stringValue();

        assertThat(report(done(id))).extracting(line -> field(line, "code")).containsExactly("incident-not-declared");
        isRefused(ben.post("/incidents/" + inc1 + "/import", """
                        {"title":"Down","severity":"SEV3","lead":"ana","detection":{"source":"OTHER"},
                         "origin":{"source":"wiki","id":"%s"}}""".formatted(inc1)), 409, "incident-already-declared");
    }

    @Test
    void a_confined_credential_imports_incidents_of_its_services_alone() {
        var tool = service.asConfined("tool-" + test, Set.of(new ServiceName("shop")), AccessRole.AUTHOR);
        var file = utf8(new String(declaring(inc1, "OPEN", "\"shop\""), StandardCharsets.UTF_8)
                + "\n"
                + new String(declaring(inc2, "OPEN", "\"bank\""), StandardCharsets.UTF_8));

        var id = tool.send(tool.request("/api/v1/imports?source=wiki")
                        .header("Content-Type", "application/x-ndjson")
                        .header("X-On-Behalf-Of", "ana")
                        .POST(BodyPublishers.ofByteArray(file)))
                .accepted()
                .json()
                .get("importId")
                .stringValue();

        assertThat(report(done(id)))
                .extracting(line -> field(line, "outcome") + " " + field(line, "code"))
                .containsExactly("ACCEPTED ", "REFUSED service-not-allowed");
        assertThat(timeline(inc1))
                .allSatisfy(e -> assertThat(field(e, "onBehalfOf")).isEqualTo("ana"));
    }

    private static byte[] declaring(String incident, String visibility, String services) {
        return utf8(("{\"incident\":\"%s\",\"declare\":{\"title\":\"Down\",\"severity\":\"SEV3\",\"lead\":\"ana\","
                        + "\"detection\":{\"source\":\"OTHER\"},\"visibility\":\"%s\",\"services\":[%s]}}")
                .formatted(incident, visibility, services));
    }

    @Test
    void an_import_that_does_not_exist_is_not_found() {
        isRefused(service.get("/imports/0199d3c2-6a52-7c1e-9a01-2f6d3b0f5e11"), 404, "not-found");
        isRefused(service.get("/imports/0199d3c2-6a52-7c1e-9a01-2f6d3b0f5e11/report"), 404, "not-found");
        isRefused(service.get("/imports/x"), 404, "not-found");
    }

    @Test
    void what_a_source_says_of_itself_is_kept_as_it_is_written() {
        String source = "Wiki „Störungen“ 🚒";
        var progress = imported("source=" + URLEncoder.encode(source, StandardCharsets.UTF_8), lines("""
                {"incident":"inc-1","declare":{"title":"Down","severity":"SEV3","lead":"ana","detection":{"source":"OTHER"}}}"""));

        assertThat(progress.get("source").stringValue()).isEqualTo(source);
        assertThat(incident(inc1).get("imported").get("source").stringValue()).isEqualTo(source);
    }
}
