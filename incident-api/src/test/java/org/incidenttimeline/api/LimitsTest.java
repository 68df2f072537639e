package org.incidenttimeline.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.core.event.Actor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How much one request may ask of us, and what is told to whoever asks for more. */
class LimitsTest extends HttpTest {
    private static final String NOTES = AT + "/notes";
    private static final int TEN_MEGABYTES = 10 * 1024 * 1024;

    /** A good note, filled up with blanks. */
    private static byte[] note(int bytes) {
        var body = new byte[bytes];
        Arrays.fill(body, (byte) ' ');
        byte[] note = "{\"text\":\"t\"}".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(note, 0, body, 0, note.length);
        return body;
    }

    private Answer fixed(byte[] body) {
        return send("POST", NOTES, BodyPublishers.ofByteArray(body), with());
    }

    private Answer chunked(byte[] body) {
        return send("POST", NOTES, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)), with());
    }

    @Test
    void a_body_may_be_as_large_as_the_limit() {
        assertThat(fixed(note(Limits.BODY_BYTES)).status()).isEqualTo(200);
        assertThat(chunked(note(Limits.BODY_BYTES)).status()).isEqualTo(200);
    }

    @Test
    void a_larger_body_is_refused_however_it_is_sent() {
        fixed(note(Limits.BODY_BYTES + 1)).isProblem(413, "body-too-large");
        chunked(note(Limits.BODY_BYTES + 1)).isProblem(413, "body-too-large");
        assertThat(desk.handed()).isEmpty();
    }

    @Test
    void a_body_of_ten_megabytes_is_refused_on_its_announcement() throws IOException {
        var answer = raw(head("Content-Length: " + TEN_MEGABYTES), " ".repeat(TEN_MEGABYTES));

        assertThat(answer).startsWith("HTTP/1.1 413").contains("\"code\":\"body-too-large\"");
        assertThat(desk.handed()).isEmpty();
    }

    @Test
    void a_chunked_body_of_ten_megabytes_is_refused_where_it_passes_the_limit() throws IOException {
        var chunk = "10000\r\n" + " ".repeat(0x10000) + "\r\n";

        var answer = raw(head("Transfer-Encoding: chunked"), chunk.repeat(TEN_MEGABYTES / 0x10000) + "0\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 413").contains("\"code\":\"body-too-large\"");
        assertThat(desk.handed()).isEmpty();
    }

    @Test
    void a_body_that_never_ends_is_refused_before_its_end() throws IOException {
        var chunk = "10000\r\n" + " ".repeat(0x10000) + "\r\n";

        assertThat(raw(head("Transfer-Encoding: chunked"), chunk.repeat(5))).startsWith("HTTP/1.1 413");
    }

    private static String head(String length) {
        return "POST " + NOTES + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + length
                + "\r\n\r\n";
    }

    @Test
    void the_limit_holds_at_addresses_where_nothing_is() {
        send("POST", "/nowhere", BodyPublishers.ofByteArray(note(Limits.BODY_BYTES + 1)), with())
                .isProblem(413, "body-too-large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "zstd", "identity, gzip", "unknown"})
    void a_compressed_body_is_refused(String encoding) {
        post(NOTES, "{\"text\":\"t\"}", "Content-Encoding", encoding).isProblem(415, "unsupported-media-type");
        assertThat(desk.handed()).isEmpty();
    }

    @Test
    void a_body_that_says_it_is_not_compressed_is_read() {
        assertThat(post(NOTES, "{\"text\":\"t\"}", "Content-Encoding", "identity")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void json_may_be_as_deep_long_and_fine_as_the_limits() {
        // Each is within the limits of JSON, and refused for what it says instead.
        unknownField("[".repeat(Limits.JSON_DEPTH - 1) + "]".repeat(Limits.JSON_DEPTH - 1))
                .isProblem(400, "invalid-request");
        unknownField("1".repeat(Limits.JSON_NUMBER_LENGTH)).isProblem(400, "invalid-request");
        text(Limits.JSON_STRING_LENGTH).isProblem(400, "invalid-request");
        post(NOTES, "{\"text\":\"t\",\"" + "n".repeat(Limits.JSON_NAME_LENGTH) + "\":1}")
                .isProblem(400, "invalid-request");
        unknownField("[" + "1,".repeat(Limits.JSON_TOKENS - 100) + "1]").isProblem(400, "invalid-request");
    }

    @Test
    void json_beyond_a_limit_is_refused() {
        unknownField("[".repeat(Limits.JSON_DEPTH) + "]".repeat(Limits.JSON_DEPTH))
                .isProblem(400, "json-limit-exceeded");
        unknownField("1".repeat(Limits.JSON_NUMBER_LENGTH + 1)).isProblem(400, "json-limit-exceeded");
        text(Limits.JSON_STRING_LENGTH + 1).isProblem(400, "json-limit-exceeded");
        post(NOTES, "{\"text\":\"t\",\"" + "n".repeat(Limits.JSON_NAME_LENGTH + 1) + "\":1}")
                .isProblem(400, "json-limit-exceeded");
        unknownField("[" + "1,".repeat(Limits.JSON_TOKENS) + "1]").isProblem(400, "json-limit-exceeded");
        assertThat(desk.handed()).isEmpty();
    }

    @Test
    void bombs_are_refused() {
        unknownField("[".repeat(100_000)).isProblem(400, "json-limit-exceeded");
        unknownField("{\"a\":".repeat(40_000)).isProblem(400, "json-limit-exceeded");
        post(NOTES, "[".repeat(200_000)).isProblem(400, "json-limit-exceeded");
        post(AT + "/findings", "{\"kind\":\"LESSON\",\"text\":\"t\",\"entries\":[1e1000000000]}")
                .isProblem(400, "invalid-request");
        post(AT + "/findings", "{\"kind\":\"LESSON\",\"text\":\"t\",\"entries\":[" + "9".repeat(200_000) + "]}")
                .isProblem(400, "json-limit-exceeded");
        assertThat(desk.handed()).isEmpty();
    }

    private Answer unknownField(String value) {
        return post(NOTES, "{\"x\":" + value + ",\"text\":\"t\"}");
    }

    private Answer text(int length) {
        return post(NOTES, "{\"text\":\"" + "x".repeat(length) + "\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NONSENSE|400",
                "GET / HTTP/9.9|505",
                "GET /a b HTTP/1.1|400",
                "GET /%00 HTTP/1.1|400",
                "GET /%2F HTTP/1.1|400",
                "GET /\\ HTTP/1.1|400",
                "GET /{x} HTTP/1.1|400",
                "GET /a;b/%2e%2e/c HTTP/1.1|404",
                "TRACE / HTTP/1.1|405",
                "NO/METHOD / HTTP/1.1|400",
            })
    void what_is_not_http_is_told_without_a_page_of_the_server(String line, int status) throws IOException {
        tellsNothing(raw(line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n"), status);
    }

    @Test
    void headers_have_a_limit_too() throws IOException {
        tellsNothing(
                raw("GET / HTTP/1.1\r\nHost: localhost\r\nX-On-Behalf-Of: " + "a".repeat(20_000) + "\r\n\r\n"), 400);
    }

    @Test
    void a_header_that_is_cut_in_two_is_refused() throws IOException {
        tellsNothing(raw("GET / HTTP/1.1\r\nHost: localhost\r\nX-Act or: a\r\nConnection: close\r\n\r\n"), 400);
    }

    @Test
    void bytes_beyond_ascii_in_a_name_are_refused() throws IOException {
        principal.is("chat-bot", Actor.Kind.TOOL);
        var answer = raw("POST " + NOTES
                + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nX-On-Behalf-Of: Zo\u00EB\r\n"
                + "Content-Length: 12\r\nConnection: close\r\n\r\n{\"text\":\"t\"}");

        tellsNothing(answer, 400);
        assertThat(answer).contains("\"code\":\"invalid-header\"");
        assertThat(desk.handed()).isEmpty();
    }

    private static void tellsNothing(String answer, int status) {
        assertThat(answer).startsWith("HTTP/1.1 " + status);
        assertThat(answer).doesNotContainIgnoringCase("tomcat", "<html", "exception", "java");
        int body = answer.indexOf("\r\n\r\n") + 4;
        if (body < answer.length()) {
            assertThat(answer).contains("application/problem+json");
            assertThat(answer.substring(body)).contains("\"status\":" + status);
        }
    }

    private String raw(String request) throws IOException {
        return raw(request, "");
    }

    /** Sends bytes as they are, the body while the answer is awaited: a server that refuses it need not read it. */
    private String raw(String head, String body) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            Thread.ofVirtual().start(() -> send(socket, body));
            return read(socket.getInputStream());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "evil.example, 421",
        "localhost, 404",
        "LOCALHOST:1, 404",
        "127.0.0.1, 404",
        "[::1], 404",
        "127.0.0.1.evil.example, 421"
    })
    void only_names_meant_for_the_service_are_answered(String host, int status) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5_000);
            var request = "GET /nothing HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));

            assertThat(read(socket.getInputStream()))
                    .startsWith("HTTP/1.1 " + status)
                    .contains("X-Content-Type-Options: nosniff");
        }
    }

    private static void send(Socket socket, String body) {
        try {
            socket.getOutputStream().write(body.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException _) {
            // Refused, as it should be; the answer says why.
        }
    }

    /**
     * Reads to the end of the JSON object or of the connection. A server that refuses a body may cut the connection behind
     * its answer, or go on passing over the body; the answer has arrived by then.
     */
    private static String read(InputStream in) {
        var answer = new StringBuilder();
        var buffer = new byte[8_192];
        try {
            int read;
            while (!answer.toString().endsWith("}") && (read = in.read(buffer)) >= 0) {
                answer.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
            }
        } catch (IOException _) {
            return answer.toString();
        }
        return answer.toString();
    }
}
