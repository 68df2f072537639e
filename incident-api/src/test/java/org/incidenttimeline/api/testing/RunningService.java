package org.incidenttimeline.api.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.incidenttimeline.api.IncidentApplication;
import org.incidenttimeline.api.access.AccessRole;
import org.incidenttimeline.api.access.key.ApiKey;
import org.incidenttimeline.api.access.key.ApiKeys;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole application on a port of its own, and a caller of it: ana, who has every role. */
public final class RunningService implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<String, String> KEYS_OF_ANA = new ConcurrentHashMap<>();

    /** A directory for each database: who starts the service again finds the copies of before. */
    private static final Map<String, Path> CHECKPOINTS = new ConcurrentHashMap<>();

    private static final Path BOOTSTRAP_KEY = Path.of(System.getProperty("java.io.tmpdir"), "incident-bootstrap-key");
    private static final Path LEDGER_KEYS = Path.of(System.getProperty("java.io.tmpdir"), "incident-ledger");
    private static final String SEALING_KEY = "dGVzdHMgc2VhbCB3aXRoIHRoZXNlIDMyIGJ5dGVzLi4=";

    private final HttpClient http;
    private final ConfigurableApplicationContext context;
    private final String base;
    private final String key;

    /** Another caller of the same service, with a key of its own. */
    private RunningService(RunningService service, String key) {
        this.context = service.context;
        this.http = service.http;
        this.base = service.base;
        this.key = key;
    }

    /** An answer: its status, its headers, and its body as text and, where it is JSON, as a tree. */
    public record Answer(int status, HttpResponse<String> response) {
        public JsonNode json() {
            return JSON.readTree(response.body());
        }

        public String text() {
            return response.body();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** This answer, if the command was accepted or the read answered. */
        public Answer accepted() {
            if (status / 100 != 2) {
                throw new AssertionError(response.request().method() + " " + response.uri() + " was answered with "
                        + status + ": " + response.body());
            }
            return this;
        }

        public long version() {
            return json().get("version").longValue();
        }
    }

    /** Leaves out what tests of a part declare for themselves, in packages that the application scans. */
    private static final class NestedInTests extends TypeExcludeFilter {
        @Override
        public boolean match(MetadataReader type, MetadataReaderFactory types) {
            var enclosing = type.getClassMetadata().getEnclosingClassName();
            return enclosing != null && enclosing.endsWith("Test");
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof NestedInTests;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    private RunningService(ConfigurableApplicationContext context) {
        this.context = context;
        // The server speaks HTTP/1.1, and the client's attempts at another version would cost each request a detour.
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        // One key for each database: who starts the service again, or asks another node, is still the same caller.
        this.key = KEYS_OF_ANA.computeIfAbsent(
                context.getEnvironment().getRequiredProperty("spring.datasource.url"),
                _ -> keyOf(context, "ana", Actor.Kind.HUMAN, Set.of(AccessRole.values()), Set.of()));
        this.base = "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
    }

    public static RunningService on(TestDatabase database, Clock clock, String... arguments) {
        return with(database, clock, _ -> {}, arguments);
    }

    /** The same, with components added to the application's own. */
    public static RunningService with(
            TestDatabase database, Clock clock, Consumer<GenericApplicationContext> added, String... arguments) {
        var all = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.user(),
                "--logging.level.root=WARN"));
        all.addAll(List.of(arguments));
        var application = new SpringApplicationBuilder(IncidentApplication.class)
                // A test that moves the clock is not surprised by what is recorded then, unless it asks for it.
                .properties("incident.deadlines.pause=1h", "incident.exercises.pause=1h")
                .initializers(context -> {
                    var beans = (GenericApplicationContext) context;
                    beans.registerBean("nestedInTests", TypeExcludeFilter.class, NestedInTests::new);
                    beans.registerBean("testClock", Clock.class, () -> clock, bean -> bean.setPrimary(true));
                    added.accept(beans);
                });
        // As defaults, so that a test's own arguments come before them.
        application.properties(
                "incident.key=" + SEALING_KEY,
                "incident.ledger.keys=" + LEDGER_KEYS,
                "incident.ledger.checkpoints=" + CHECKPOINTS.computeIfAbsent(database.url(), _ -> newDirectory()),
                "incident.bootstrap-key-file=" + BOOTSTRAP_KEY,
                "incident.rate-limit.requests-per-minute=100000000");
        return new RunningService(application.run(all.toArray(String[]::new)));
    }

    private static Path newDirectory() {
        try {
            return Files.createTempDirectory("incident-checkpoints");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String keyOf(
            ConfigurableApplicationContext context,
            String name,
            Actor.Kind kind,
            Set<AccessRole> roles,
            Set<ServiceName> services) {
        var grant = new ApiKey.Grant(new Actor(new Person(name), kind), roles, services, Optional.empty());
        return context.getBean(ApiKeys.class).issue(grant, new Person("tests")).token();
    }

    /** The same service, asked by somebody else; it is closed with the service that it is from. */
    public RunningService as(String name, AccessRole... roles) {
        return new RunningService(this, keyOf(context, name, Actor.Kind.HUMAN, Set.of(roles), Set.of()));
    }

    /** The same service, asked by a tool. */
    public RunningService asTool(String name, AccessRole... roles) {
        return new RunningService(this, keyOf(context, name, Actor.Kind.TOOL, Set.of(roles), Set.of()));
    }

    /** The same service, asked with a key that is confined to services. */
    public RunningService asConfined(String name, Set<ServiceName> services, AccessRole... roles) {
        return new RunningService(this, keyOf(context, name, Actor.Kind.TOOL, Set.of(roles), services));
    }

    /** The same service, asked with this key. */
    public RunningService with(String otherKey) {
        return new RunningService(this, otherKey);
    }

    /** The API key of the caller. */
    public String key() {
        return key;
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    public String base() {
        return base;
    }

    /** Posts a command of ana to a path below {@code /api/v1}. */
    public Answer post(String path, String json) {
        return send(request("/api/v1" + path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    public Answer put(String path, String json) {
        return send(request("/api/v1" + path)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(json)));
    }

    public Answer delete(String path) {
        return send(request("/api/v1" + path).DELETE());
    }

    /** Posts a command that must be accepted. */
    public Answer tell(String path, String json) {
        return post(path, json).accepted();
    }

    public Answer get(String path) {
        return send(request("/api/v1" + path).header("Accept", "application/json"));
    }

    public Answer markdown(String path) {
        return send(request("/api/v1" + path).header("Accept", "text/markdown"));
    }

    public HttpRequest.Builder request(String path) {
        return anonymous(path).header("Authorization", "Bearer " + key);
    }

    /** A request without a credential. */
    public HttpRequest.Builder anonymous(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(30));
    }

    /** The answer to a request; it must be one that the description of the interface promises. */
    public Answer send(HttpRequest.Builder request) {
        try {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            requireDescribed(response);
            return new Answer(response.statusCode(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** An answer whose body is read while it arrives. */
    public HttpResponse<InputStream> open(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void requireDescribed(HttpResponse<String> response) {
        var wrong = Contract.written()
                .violations(
                        response.request().method(),
                        response.uri().getPath(),
                        response.statusCode(),
                        response.headers().firstValue("Content-Type").orElse(""),
                        response.headers().firstValue("ETag").isPresent(),
                        response.body());
        if (!wrong.isEmpty()) {
            throw new AssertionError("not as docs/api/openapi.json says: " + wrong);
        }
    }

    @Override
    public void close() {
        http.close();
        context.close();
    }
}
