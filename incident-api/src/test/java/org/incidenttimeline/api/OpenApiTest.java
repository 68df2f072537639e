package org.incidenttimeline.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.incidenttimeline.api.testing.Contract;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The description of the interface is complete, and the copy in the documentation is the one that is served. */
class OpenApiTest {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    private static RunningService service;
    private static JsonNode served;

    @BeforeAll
    static void start() {
        service = RunningService.on(TestDatabases.empty(Database.H2), Clock.systemUTC());
        served = service.get("/openapi.json").accepted().json();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void the_copy_in_the_documentation_is_what_is_served() throws IOException {
        String now = JSON.writeValueAsString(served) + "\n";
        if (Boolean.getBoolean("openapi.update")) {
            Files.writeString(Contract.DOCUMENT, now);
        }

        assertThat(Files.readString(Contract.DOCUMENT))
                .as("run mvn -pl incident-api -am test -Dtest=OpenApiTest -Dopenapi.update=true, and read the"
                        + " difference")
                .isEqualTo(now);
    }

    @Test
    void every_mapped_address_is_described() {
        var mapped = new TreeSet<String>();
        service.context()
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .forEach(mapping -> mapping.getPatternValues().stream()
                        .filter(path -> path.startsWith("/api/v1/") && !path.startsWith("/api/v1/openapi"))
                        .forEach(path -> mapping.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> mapped.add(method + " " + nameless(path)))));

        assertThat(Contract.written().operations().stream()
                        .map(operation -> operation.method() + " " + nameless(operation.path())))
                .containsExactlyInAnyOrderElementsOf(mapped);
    }

    /** An address is the same whatever its variables are called. */
    private static String nameless(String path) {
        return path.replaceAll("\\{.*?}(?=/|$)", "{}");
    }

    @Test
    void every_operation_says_what_it_is_and_shows_an_example() {
        var missing = new TreeMap<String, List<String>>();
        var ids = new TreeSet<String>();
        served.path("paths")
                .forEachEntry((path, methods) -> methods.forEachEntry((method, operation) -> {
                    assertThat(METHODS).contains(method);
                    var wanting = new java.util.ArrayList<String>();
                    String id = operation.path("operationId").stringValue("");
                    if (!ids.add(id) || !id.matches("[a-z][A-Za-z]+")) {
                        wanting.add("an operationId of its own, by @Operation(operationId = …)");
                    }
                    if (operation.path("summary").stringValue("").isEmpty()) {
                        wanting.add("a summary, by the Javadoc of the command or the method");
                    }
                    if (operation.has("requestBody") && !exampled(operation.path("requestBody"))) {
                        wanting.add("an example of its request, in openapi/requests.json");
                    }
                    operation.path("responses").forEachEntry((status, answer) -> {
                        if (status.startsWith("2") && !exampled(answer)) {
                            wanting.add("an example of its answer " + status + ", which WholeInterfaceTest records");
                        }
                    });
                    if (!wanting.isEmpty()) {
                        missing.put(method + " " + path, wanting);
                    }
                }));

        assertThat(missing).isEmpty();
    }

    private static boolean exampled(JsonNode described) {
        return StreamSupport.stream(described.path("content").spliterator(), false)
                .allMatch(media -> media.has("example"));
    }
}
