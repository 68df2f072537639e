package org.incidenttimeline.api.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGeneratorFactory;
import java.util.regex.Pattern;
import org.incidenttimeline.api.testing.Contract;
import org.incidenttimeline.api.testing.MutableClock;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.log.EventLog;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whatever is sent, the service answers as it promised, writes what it says it wrote, and nothing where it refuses. The
 * requests follow from a seed, {@code -Dfuzz.seed}; {@code -Dfuzz.requests} asks for more of them.
 */
class FuzzTest {
    private static final long SEED = Long.getLong("fuzz.seed", 20170131);
    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 5_000);
    private static final Instant NOW = Instant.parse("2026-03-02T18:00:00Z");
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern VARIABLE = Pattern.compile("\\{([^}]*)}");
    private static final Pattern LEAK = Pattern.compile(
            "[a-z]Exception|org\\.incidenttimeline|java\\.|springframework|jackson|select |insert into|/src/main");

    private final JsonNode document;
    private final List<Operation> operations = new ArrayList<>();
    private final Values values;

    /** An operation and how it is described. */
    private record Operation(String method, String path, JsonNode described) {
        boolean streams() {
            return described.path("responses").path("200").path("content").has("text/event-stream");
        }
    }

    FuzzTest() throws IOException {
        document = JSON.readTree(Files.readString(Contract.DOCUMENT));
        values = new Values(
                document, RandomGeneratorFactory.of("L64X128MixRandom").create(SEED), NOW);
        document.path("paths")
                .forEachEntry((path, methods) -> methods.forEachEntry((method, described) ->
                        operations.add(new Operation(method.toUpperCase(Locale.ROOT), path, described))));
        operations.removeIf(Operation::streams);
    }

    @Test
    void whatever_is_sent_is_answered_as_promised_and_recorded_whole_or_not_at_all() {
        try (var database = TestDatabases.empty(Database.H2);
                var service = RunningService.on(
                        database, new MutableClock(NOW), "--logging.level.org.incidenttimeline.api.problem=off")) {
            var log = service.context().getBean(EventLog.class);
            for (int i = 0; i < 10; i++) {
                service.tell("/incidents", """
                        {"incidentId": "fuzz-%d", "title": "A", "severity": "SEV%d", "lead": "ana", "services": ["checkout"],
                         "detection": {"source": "ALERT"}}""".formatted(i, 1 + i % 5));
            }
            var seen = new TreeMap<Integer, Integer>();
            for (int i = 0; i < REQUESTS; i++) {
                long before = log.head();
                var request = request(service);
                var answer = service.send(request.builder());
                seen.merge(answer.status() / 100, 1, Integer::sum);

                String what = "seed " + SEED + ", request " + i + ": " + request + " -> " + answer.status() + " "
                        + answer.text();
                assertThat(answer.status()).as(what).isLessThan(500);
                if (answer.status() >= 400) {
                    assertThat(answer.header("Content-Type")).as(what).isEqualTo("application/problem+json");
                    assertThat(LEAK.matcher(answer.text()).find()).as(what).isFalse();
                    assertThat(log.head()).as(what).isEqualTo(before);
                } else if (answer.status() < 300 && request.commands()) {
                    assertThat(log.head() - before)
                            .as(what)
                            .isEqualTo(answer.json().path("events").size());
                }
            }
            // It would prove little if nothing had been accepted, or everything.
            assertThat(seen.get(2)).isGreaterThan(REQUESTS / 20);
            assertThat(seen.get(4)).isGreaterThan(REQUESTS / 20);
        }
    }

    private record Request(
            java.net.http.HttpRequest.Builder builder, String method, String path, Object body, boolean commands) {
        @Override
        public String toString() {
            String text = String.valueOf(body);
            return method + " " + path + " " + (text.length() > 500 ? text.substring(0, 500) + "…" : text);
        }
    }

    private Request request(RunningService service) {
        var operation = values.one(operations);
        boolean hostile = values.chance(0.15);
        String path = VARIABLE.matcher(operation.path())
                .replaceAll(variable -> URLEncoder.encode(
                                hostile && values.chance(0.3)
                                        ? values.hostile()
                                        : variable(operation, variable.group(1)),
                                StandardCharsets.UTF_8)
                        .replace("+", "%20"));
        String query = query(operation, hostile);
        var builder = service.request(path + query);
        headers(operation, hostile).forEach((name, value) -> builder.setHeader(name, value));
        var schema = operation
                .described()
                .path("requestBody")
                .path("content")
                .path("application/json")
                .path("schema");
        Object body = "";
        BodyPublisher publisher = BodyPublishers.noBody();
        if (!schema.isMissingNode()) {
            builder.setHeader("Content-Type", "application/json");
            JsonNode made = values.allowed(schema, 0);
            if (values.chance(0.3)) {
                made = values.spoilt(made);
            }
            body = made;
            publisher = hostile && values.chance(0.5)
                    ? BodyPublishers.ofByteArray(garbled(made.toString()))
                    : BodyPublishers.ofString(made.toString());
        }
        builder.method(operation.method(), publisher);
        boolean commands = operation
                .described()
                .path("responses")
                .path("200")
                .path("content")
                .path("application/json")
                .path("schema")
                .path("$ref")
                .stringValue("")
                .endsWith("/CommandAnswer");
        return new Request(builder, operation.method(), path + query, body, commands);
    }

    private String variable(Operation operation, String name) {
        if (name.equals("incident")) {
            return "fuzz-" + values.one(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 77));
        }
        if (name.equals("entry")) {
            return values.one(List.of("1", "2", "3", "500"));
        }
        var described = operation
                .described()
                .path("parameters")
                .valueStream()
                .filter(p -> p.path("name").stringValue("").equals(name))
                .findFirst();
        String made = values.allowed(described.orElseThrow().path("schema"), 0).asString("x");
        return made.matches("[a-z]+-[1-9]") ? name + made.substring(made.length() - 2) : made;
    }

    private String query(Operation operation, boolean hostile) {
        var parts = new ArrayList<String>();
        operation.described().path("parameters").forEach(parameter -> {
            boolean required = parameter.path("required").booleanValue(false);
            boolean slow = parameter.path("name").stringValue("").startsWith("min");
            if (parameter.path("in").stringValue("").equals("query")
                    && !slow
                    && (required ? !values.chance(0.1) : values.chance(0.3))) {
                var made = values.allowed(parameter.path("schema"), 0);
                String value = hostile ? values.hostile() : made.isContainer() ? values.word() : made.asString("");
                parts.add(parameter.path("name").stringValue("") + "="
                        + URLEncoder.encode(
                                value.length() > 2_000 ? value.substring(0, 2_000) : value, StandardCharsets.UTF_8));
            }
        });
        return parts.isEmpty() ? "" : "?" + String.join("&", parts);
    }

    private Map<String, String> headers(Operation operation, boolean hostile) {
        var headers = new HashMap<String, String>();
        operation.described().path("parameters").forEach(parameter -> {
            String name = parameter.path("name").stringValue("");
            if (parameter.path("in").stringValue("").equals("header") && values.chance(0.1)) {
                headers.put(
                        name,
                        hostile
                                ? values.one(List.of("", " ", "\"", "W/\"1\"", "x".repeat(3_000), "%zz", "a,b", "*"))
                                : parameter.path("example").stringValue("\"1\""));
            }
        });
        headers.remove("Prefer");
        if (hostile && values.chance(0.2)) {
            headers.put("Accept", values.one(List.of("text/html", "*/*", "nonsense", "application/xml;q=0.1")));
        }
        return headers;
    }

    /** Bytes that are no longer JSON, or JSON of a kind that breaks readers. */
    private byte[] garbled(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return switch (values.one(List.of(0, 1, 2, 3, 4, 5))) {
            case 0 -> new byte[] {(byte) 0xC0, (byte) 0x80};
            case 1 -> "[".repeat(2_000).getBytes(StandardCharsets.UTF_8);
            case 2 -> (body + body).getBytes(StandardCharsets.UTF_8);
            case 3 ->
                body.replaceFirst("\\{", "{\"title\":\"\\\\ud800\",\"title\":1,")
                        .getBytes(StandardCharsets.UTF_8);
            case 4 -> ("{\"a\":" + "9".repeat(5_000) + "}").getBytes(StandardCharsets.UTF_8);
            default -> java.util.Arrays.copyOf(bytes, Math.max(0, bytes.length - 3));
        };
    }
}
