package org.incidenttimeline.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;
import org.incidenttimeline.core.command.IncidentCommand;
import org.incidenttimeline.core.command.IncidentCommand.AddNote;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Precision;
import org.incidenttimeline.core.event.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a body, where, and what would be right. */
class InvalidRequestTest extends HttpTest {
    private static final String DECLARE = "/api/v1/incidents";
    private static final String CHECKS = AT + "/recovery-checks";
    private static final String FINDINGS = AT + "/findings";

    private Answer declare(String more) {
        return post(DECLARE, """
                {"title":"t","severity":"SEV1","lead":"ada","detection":{"source":"ALERT"}%s}""".formatted(more));
    }

    private Answer note(String text) {
        return post(AT + "/notes", "{\"text\":" + text + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'title':null,'severity':'SEV1','lead':'a','detection':{'source':'ALERT'}|/title: is required: must be a string",
                "'severity':'SEV1','lead':'a','detection':{'source':'ALERT'}|/title: is required: must be a string",
                "'title':'t','lead':'a','detection':{'source':'ALERT'}|/severity: is required: must be one of SEV1, SEV2, SEV3, SEV4, SEV5",
                "'title':'t','severity':'SEV1','lead':'a'|/detection: is required: must be an object",
                "'title':'t','severity':'SEV1','lead':'a','detection':{}|/detection/source: is required: must be one of ALERT, MONITORING, USER_REPORT, STAFF_REPORT, VENDOR, OTHER",
                "'title':5,'severity':'SEV1','lead':'a','detection':{'source':'ALERT'}|/title: must be a string",
                "'title':true,'severity':'SEV1','lead':'a','detection':{'source':'ALERT'}|/title: must be a string",
                "'title':['t'],'severity':'SEV1','lead':'a','detection':{'source':'ALERT'}|/title: must be a string",
                "'title':{'value':'t'},'severity':'SEV1','lead':'a','detection':{'source':'ALERT'}|/title: must be a string",
                "'title':'','severity':'SEV1','lead':'a','detection':{'source':'ALERT'}|/title: must not be empty",
                "'title':'t','severity':'sev1','lead':'a','detection':{'source':'ALERT'}|/severity: must be one of SEV1, SEV2, SEV3, SEV4, SEV5",
                "'title':'t','severity':' SEV1','lead':'a','detection':{'source':'ALERT'}|/severity: must be one of SEV1, SEV2, SEV3, SEV4, SEV5",
                "'title':'t','severity':'','lead':'a','detection':{'source':'ALERT'}|/severity: must be one of SEV1, SEV2, SEV3, SEV4, SEV5",
                "'title':'t','severity':'0','lead':'a','detection':{'source':'ALERT'}|/severity: must be one of SEV1, SEV2, SEV3, SEV4, SEV5",
                "'title':'t','severity':0,'lead':'a','detection':{'source':'ALERT'}|/severity: must be one of SEV1, SEV2, SEV3, SEV4, SEV5",
                "'title':'t','severity':'SEV1','lead':'a','detection':'ALERT'|/detection: must be an object",
                "'title':'t','severity':'SEV1','lead':'a','detection':''|/detection: must be an object",
                "'title':'t','severity':'SEV1','lead':'a','detection':[]|/detection: must be an object",
            })
    void a_wrong_field_is_named_with_what_would_be_right(String fields, String error) {
        var answer = post(DECLARE, "{" + fields.replace('\'', '"') + "}");

        answer.isProblem(400, "invalid-request");
        assertThat(answer.onlyError()).isEqualTo(error);
        assertThat(desk.handed()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'services':['shop',null]|/services/1: must not be null",
                "'services':['shop','']|/services/1: must not be empty",
                "'services':'shop'|/services: must be a list",
                "'services':{}|/services: must be a list",
                "'services':''|/services: must be a list",
                "'impact':{'spread':'ISOLATED'}|/impact/broken: is required: must be a string",
                "'impact':{'broken':'x','stillWorks':''}|/impact/stillWorks: must not be empty",
                "'impact':{'broken':'x','fixed':1}|/impact/fixed: is no field of this request; the fields are affected, broken, spread, stillWorks",
                "'Impact':{}|/Impact: is no field of this request; the fields are dedupKey, detection, impact, incidentId, lead, mode, occurredAt, playbook, services, severity, startedAt, summary, title, visibility",
                "'incidentId':'../etc'|/incidentId: must be 1 to 64 letters, digits or hyphens, beginning with a letter or digit",
                "'summary':' \\n'|/summary: must not be empty",
                "'summary':'a\\u0000'|/summary: must not hold control characters, but holds U+0000",
                "'summary':'a\\ud800'|/summary: must be valid Unicode, but holds a lone surrogate at index 1",
                "'dedupKey':'a\\u202eb'|/dedupKey: must be one line without control or invisible characters, but holds U+202E",
                "'dedupKey':'a\\nb'|/dedupKey: must be one line without control or invisible characters, but holds U+000A",
                "'dedupKey':' a'|/dedupKey: must not begin or end with white space",
            })
    void a_wrong_field_is_found_at_any_depth(String field, String error) {
        var answer = declare("," + field.replace('\'', '"'));

        answer.isProblem(400, "invalid-request");
        assertThat(answer.onlyError()).isEqualTo(error);
        assertThat(desk.handed()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'passed':1|must be true or false",
                "'passed':'true'|must be true or false",
                "'passed':''|must be true or false",
                "'passed':[true]|must be true or false",
                "'passed':null|is required: must be true or false",
                "'signal':'s'|is required: must be true or false",
            })
    void a_check_says_whether_it_passed(String field, String detail) {
        String signal = field.startsWith("'signal'") ? "" : "'signal':'s',";
        var answer = post(
                CHECKS,
                ("{'checks':[{" + signal + "'expectation':'e','observation':'o'," + field + "}]}").replace('\'', '"'));

        answer.isProblem(400, "invalid-request");
        assertThat(answer.onlyError()).isEqualTo("/checks/0/passed: " + detail);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.0|/entries/0",
                "1e3|/entries/0",
                "1,\"2\"|/entries/1",
                "true|/entries/0",
                "99999999999999999999|/entries/0",
                "[1]|/entries/0",
                "{}|/entries/0",
            })
    void an_entry_is_named_by_a_whole_number(String entries, String pointer) {
        var answer = post(FINDINGS, "{\"kind\":\"LESSON\",\"text\":\"t\",\"entries\":[" + entries + "]}");

        answer.isProblem(400, "invalid-request");
        assertThat(answer.onlyError()).isEqualTo(pointer + ": must be a whole number");
    }

    @Test
    void several_wrong_fields_are_told_at_once() {
        var answer = post(DECLARE, """
                {"title":"","severity":"bad","nonsense":{"a":[1]},"lead":7,"detection":{"source":"x","at":"yesterday"}}""");

        answer.isProblem(400, "invalid-request");
        assertThat(answer.pointers())
                .contains("/title", "/severity", "/lead", "/detection/source", "/detection/at")
                .doesNotHaveDuplicates();
    }

    @Test
    void at_most_twenty_wrong_fields_are_told() {
        var checks = "{\"signal\":\"\",\"expectation\":\"\",\"observation\":\"\",\"passed\":true},".repeat(40);

        var answer = post(CHECKS, "{\"recoveredAt\":\"x\",\"checks\":[" + checks + "{}]}");

        assertThat(answer.isProblem(400, "invalid-request").pointers()).hasSizeBetween(1, 20);
    }

    @Test
    void a_pointer_names_a_field_as_json_pointers_do_and_cannot_deceive() {
        assertThat(declare(",\"a/b~c\":1").isProblem(400, "invalid-request").pointers())
                .containsExactly("/a~1b~0c");
        assertThat(declare(",\"x\\u202e\\u0000\\ud800\":2")
                        .isProblem(400, "invalid-request")
                        .pointers())
                .containsExactly("/x\uFFFD\uFFFD\uFFFD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"text\":\"t\"}}",
                "{\"text\":\"t\"} {}",
                "{\"text\":\"t\"} x",
                "[]",
                "null",
                "5",
                "\"\"",
                "\"text\"",
                "nul",
                "{'text':'t'}",
                "{text:\"t\"}",
                "{\"text\":\"t\",}",
                "{\"text\":\"t\"/* */}",
                "{\"text\":\"t\",\"text\":\"u\"}",
                "{\"text\":\"t\",\"x\":{\"a\":1,\"a\":2}}",
                "{\"text\":NaN}",
                "{\"text\":\"a\nb\"}",
                "{\"text\":\"\\x\"}",
                "<text/>",
                "text=t",
            })
    void a_body_that_is_not_one_json_object_is_refused(String body) {
        post(AT + "/notes", body).isProblem(400, "malformed-json");
        assertThat(desk.handed()).isEmpty();
    }

    @Test
    void the_place_of_a_syntax_error_is_told() {
        assertThat(post(AT + "/notes", "{\"text\":\n nope}")
                        .json()
                        .path("detail")
                        .asString(""))
                .contains("line 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7b2274657874223a22ff227d", // a byte that UTF-8 never has
                "7b2274657874223a22c1a1227d", // an overlong form of a letter
                "7b2274657874223a22eda080227d", // an encoded surrogate
                "7b2274657874223a22c3227d", // a character cut off
                "fffe7b007d00", // UTF-16
                "7b0022007400", // UTF-16 without a mark
            })
    void a_body_that_is_not_utf_8_is_refused(String hex) {
        var body = BodyPublishers.ofByteArray(HexFormat.of().parseHex(hex));

        send("POST", AT + "/notes", body, with()).isProblem(400, "malformed-json");
        assertThat(desk.handed()).isEmpty();
    }

    @Test
    void text_is_kept_as_it_was_written() {
        var text = "line one\nline two\t\u202Eabc\u202C \uD83D\uDE00 Zo\u00EB";
        var body = BodyPublishers.ofByteArray(
                ("{\"text\":\"" + text.replace("\n", "\\n").replace("\t", "\\t") + "\"}")
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(send("POST", AT + "/notes", body, with()).status()).isEqualTo(200);

        assertThat(((AddNote) desk.last().orElseThrow().command()).text()).isEqualTo(new Text(text));
    }

    @Test
    void a_text_has_at_most_10000_characters() {
        assertThat(note("\"" + "x".repeat(10_000) + "\"").status()).isEqualTo(200);
        assertThat(note("\"" + "x".repeat(10_001) + "\"")
                        .isProblem(400, "invalid-request")
                        .onlyError())
                .isEqualTo("/text: must have at most 10000 characters, but has 10001");
    }

    @Test
    void the_wrong_value_is_not_repeated_in_the_answer() {
        var answer = declare(",\"mode\":\"hunter2\",\"dedupKey\":\" hunter2\",\"startedAt\":\"hunter2\"");

        answer.isProblem(400, "invalid-request");
        assertThat(answer.body()).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'2017-01-31T19:00:00Z'|2017-01-31T19:00:00Z|Z|MINUTE",
                "'2017-01-31T20:00:00+01:00'|2017-01-31T19:00:00Z|+01:00|MINUTE",
                "'2017-01-31T20:00:00.123456789+01:00'|2017-01-31T19:00:00.123456Z|+01:00|MINUTE",
                "'2017-01-31T15:00-04:00'|2017-01-31T19:00:00Z|-04:00|MINUTE",
                "{'at':'2017-01-31T19:00:00Z'}|2017-01-31T19:00:00Z|Z|MINUTE",
                "{'at':'2017-01-31T20:00:00+01:00','precision':'APPROXIMATE'}|2017-01-31T19:00:00Z|+01:00|APPROXIMATE",
                "{'at':'2017-01-31T19:00:00Z','precision':'ORDER_ONLY'}|2017-01-31T19:00:00Z|Z|ORDER_ONLY",
            })
    void a_time_keeps_its_offset_and_precision(String json, Instant at, ZoneOffset offset, Precision precision) {
        assertThat(post(AT + "/entries/5/pin", "{\"occurredAt\":" + json.replace('\'', '"') + "}")
                        .status())
                .isEqualTo(200);

        assertThat(occurredAt())
                .isEqualTo(new OccurredAt(
                        Optional.of(at), precision, Optional.empty(), Optional.of(offset), Optional.empty()));
    }

    @Test
    void a_time_can_be_an_interval_or_no_more_than_words() {
        post(AT + "/entries/5/pin", """
                {"occurredAt":{"at":"2017-01-31T19:00:00Z","until":"2017-01-31T19:30:00Z","original":"7 to half past"}}""");
        assertThat(occurredAt())
                .isEqualTo(new OccurredAt(
                        Optional.of(Instant.parse("2017-01-31T19:00:00Z")),
                        Precision.INTERVAL,
                        Optional.of(Instant.parse("2017-01-31T19:30:00Z")),
                        Optional.of(ZoneOffset.UTC),
                        Optional.of(new Text("7 to half past"))));

        post(AT + "/entries/5/pin", "{\"occurredAt\":{\"precision\":\"UNKNOWN\",\"original\":\"11pm-ish\"}}");
        assertThat(occurredAt())
                .isEqualTo(new OccurredAt(
                        Optional.empty(),
                        Precision.UNKNOWN,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new Text("11pm-ish"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'2017-01-31T19:00:00'|/occurredAt",
                "'2017-01-31'|/occurredAt",
                "'2017-02-30T19:00:00Z'|/occurredAt",
                "'2017-01-31T25:00:00Z'|/occurredAt",
                "'2017-01-31T19:00:00+19:00'|/occurredAt",
                "'2017-01-31T19:00:00[Europe/Berlin]'|/occurredAt",
                "'1969-12-31T23:59:59Z'|/occurredAt",
                "'1970-01-01T00:30:00+01:00'|/occurredAt",
                "'+10000-01-01T00:00:00Z'|/occurredAt",
                "'now'|/occurredAt",
                "''|/occurredAt",
                "1485889200|/occurredAt",
                "[2017,1,31]|/occurredAt",
                "true|/occurredAt",
                "{}|/occurredAt",
                "{'original':'11pm-ish'}|/occurredAt",
                "{'precision':'MINUTE'}|/occurredAt",
                "{'precision':'UNKNOWN','at':'2017-01-31T19:00:00Z'}|/occurredAt",
                "{'precision':'INTERVAL','at':'2017-01-31T19:00:00Z'}|/occurredAt",
                "{'precision':'MINUTE','at':'2017-01-31T19:00:00Z','until':'2017-01-31T19:00:00Z'}|/occurredAt",
                "{'at':'2017-01-31T19:00:00Z','until':'2017-01-31T18:00:00Z'}|/occurredAt",
                "{'precision':'exact','at':'2017-01-31T19:00:00Z'}|/occurredAt/precision",
                "{'at':'2017-01-31T19:00:00'}|/occurredAt/at",
                "{'at':'2017-01-31T19:00:00Z','zone':'CET'}|/occurredAt/zone",
                "{'at':'2017-01-31T19:00:00Z','original':''}|/occurredAt/original",
            })
    void a_time_that_cannot_be_is_refused(String json, String pointer) {
        var answer = post(AT + "/entries/5/pin", "{\"occurredAt\":" + json.replace('\'', '"') + "}");

        answer.isProblem(400, "invalid-request");
        assertThat(answer.pointers()).contains(pointer).allMatch(found -> found.startsWith("/occurredAt"));
        assertThat(desk.handed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"2026-02-30\"",
                "\"2026-12-01T00:00:00Z\"",
                "\"01.12.2026\"",
                "\"\"",
                "[2026,12,1]",
                "20788",
                "\"+99999-01-01\"",
                "\"1969-12-31\""
            })
    void a_date_that_cannot_be_is_refused(String due) {
        var answer =
                post(AT + "/actions", "{\"text\":\"t\",\"kind\":\"PREVENT\",\"owner\":\"bob\",\"due\":" + due + "}");

        answer.isProblem(400, "invalid-request");
        assertThat(answer.pointers()).containsExactly("/due");
    }

    @ParameterizedTest
    @ValueSource(strings = {"30", "\"30\"", "\"30m\"", "\"\"", "\"P1M\"", "1.5", "\"PT99999999999999999999H\""})
    void a_duration_that_cannot_be_is_refused(String cadence) {
        var answer = post(
                AT + "/communication-plans",
                "{\"audience\":\"SUPPORT\",\"owner\":\"bob\",\"channel\":\"#c\",\"cadence\":" + cadence + "}");

        answer.isProblem(400, "invalid-request");
        assertThat(answer.onlyError()).isEqualTo("/cadence: must be a duration, for instance PT30M");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"services\":[],\"environments\":[\"*\"]}|/scope",
                "{\"services\":[\"a\"]}|/scope",
                "{\"services\":[\"a\"],\"environments\":[\"a\\u200bb\"]}|/scope/environments/0",
                "[]|/scope",
            })
    void a_scope_names_services_and_environments(String scope, String pointer) {
        var answer = post(AT + "/freezes", "{\"reason\":\"r\",\"scope\":" + scope + "}");

        answer.isProblem(400, "invalid-request");
        assertThat(answer.pointers()).contains(pointer);
    }

    @Test
    void evidence_has_an_absolute_location_and_a_digest() {
        var answer = post(AT + "/evidence", """
                {"title":"t","kind":"LOG","location":"logs/today","sha256":"ABC","collectedBy":"bob","certainty":"FACT"}""");

        answer.isProblem(400, "invalid-request");
        assertThat(answer.pointers()).containsExactly("/location", "/sha256");
    }

    private OccurredAt occurredAt() {
        return ((IncidentCommand) desk.last().orElseThrow().command()).occurredAt();
    }
}
