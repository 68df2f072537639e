package org.incidenttimeline.api.testing;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What docs/api/openapi.json promises, held against every answer that a test gets from the running service. Callers may
 * expect no field that is not described, so here an answer with one fails.
 */
public final class Contract {
    public static final Path DOCUMENT = Path.of("../docs/api/openapi.json");

    private static final String BASE = "https://contract.example/openapi.json";
    private static final JsonMapper JSON = new JsonMapper();
    private static final Contract WRITTEN = new Contract();

    /** An operation of the document. */
    public record Operation(String method, String path, String id, Pattern address) {}

    private final JsonNode document;
    private final List<Operation> operations;
    private final Schema whole;
    private final Map<String, Schema> known = new ConcurrentHashMap<>();
    private volatile Use use = new Use();

    private Contract() {
        try {
            document = JSON.readTree(Files.readString(DOCUMENT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        operations = operationsOf(document);
        var closed = document.deepCopy();
        closed.path("components").path("schemas").forEach(Contract::close);
        whole = SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(BASE, closed.toString())))
                .getSchema(SchemaLocation.of(BASE));
    }

    public static Contract written() {
        return WRITTEN;
    }

    public List<Operation> operations() {
        return operations;
    }

    /** Notes from now on which operations are used with success. */
    public Use use() {
        use = new Use();
        return use;
    }

    /** Which operations were used with success, and what they answered first. */
    public final class Use {
        private final Map<String, Map<String, JsonNode>> answers = new ConcurrentHashMap<>();

        /** The operations that were not. */
        public List<String> unused() {
            return operations.stream()
                    .map(Operation::id)
                    .filter(id -> !answers.containsKey(id))
                    .toList();
        }

        /** An example for each operation that answers in a form of its own, by its id and the type of the answer. */
        public String answers() {
            var examples = JSON.createObjectNode();
            new TreeMap<>(answers)
                    .forEach((id, byType) -> byType.forEach((type, body) -> {
                        boolean ofCommand = body.has("events") && body.has("position") && body.has("incidentId");
                        String name = ofCommand ? "CommandAnswer" : id;
                        if (!examples.has(name) || !ofCommand) {
                            examples.withObjectProperty(name).set(type, body);
                        }
                    }));
            return examples.toPrettyString() + "\n";
        }

        private void note(Operation operation, int status, String type, String body) {
            if (status / 100 == 2) {
                var node = isJson(type) && !body.isEmpty()
                        ? JSON.readTree(told(body))
                        : JSON.getNodeFactory().stringNode(shown(type, body));
                answers.computeIfAbsent(operation.id(), _ -> new ConcurrentHashMap<>())
                        .putIfAbsent(type, node);
            }
        }
    }

    /** As much of many lines as shows what they are. */
    private static String begun(String lines) {
        return lines.lines().limit(3).map(line -> line + "\n").collect(Collectors.joining());
    }

    /** As it may stand in the documentation: without a secret, which would be taken for one that is good somewhere. */
    private static String told(String body) {
        return body.replaceAll("(\"(?:secret|token)\":\"(?:itl_|whsec_)?)[^\"]*\"", "$1example\"");
    }

    /** The operation at an address. */
    public Optional<Operation> operation(String method, String path) {
        return operations.stream()
                .filter(operation -> operation.method().equals(method))
                .filter(operation -> operation.address().matcher(path).matches())
                // A name that is written out is meant before a variable that would match it too.
                .min((a, b) -> Integer.compare(variables(a), variables(b)));
    }

    private static int variables(Operation operation) {
        return operation.path().length() - operation.path().replace("{", "").length();
    }

    /**
     * What is wrong with an answer; empty where it is as described, and where nothing is described at the address.
     *
     * @param tagged whether the answer carries an ETag
     */
    public List<String> violations(
            String method, String path, int status, String contentType, boolean tagged, String body) {
        var found = operation(method, path);
        if (found.isEmpty()) {
            return List.of();
        }
        var operation = found.get();
        String where = operation.id() + " " + status;
        var response = document.path("paths")
                .path(operation.path())
                .path(method.toLowerCase(Locale.ROOT))
                .path("responses")
                .path(Integer.toString(status));
        if (response.isMissingNode()) {
            return List.of(where + ": this status is not described; the answer was " + body);
        }
        if (tagged != response.path("headers").has("ETag")) {
            return List.of(where + ": an ETag is " + (tagged ? "sent but not described" : "described but not sent"));
        }
        String type = contentType.split(";", 2)[0].strip();
        use.note(operation, status, type, body);
        var media = response.path("content").path(type);
        if (media.isMissingNode()) {
            return body.isEmpty() || method.equals("HEAD")
                    ? List.of()
                    : List.of(where + ": the type " + type + " is not described");
        }
        if (!isJson(type) || body.isEmpty()) {
            return List.of();
        }
        String pointer = "/paths/" + escaped(operation.path()) + "/" + method.toLowerCase(Locale.ROOT) + "/responses/"
                + status + "/content/" + escaped(type) + "/schema";
        var schema = known.computeIfAbsent(pointer, at -> whole.getRefSchema(SchemaLocation.Fragment.of(at)));
        var wrong = new ArrayList<String>();
        schema.validate(JSON.readTree(body)).forEach(error -> wrong.add(where + ": " + error));
        return wrong;
    }

    /** What an example shows of a body that is no JSON. */
    private static String shown(String type, String body) {
        return switch (type) {
            case "application/x-ndjson" -> begun(body);
            case "application/zip" -> "(a ZIP file)";
            default -> body;
        };
    }

    private static boolean isJson(String type) {
        return type.equals("application/json") || type.endsWith("+json");
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.has("properties") && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
    }

    private static List<Operation> operationsOf(JsonNode document) {
        var all = new ArrayList<Operation>();
        document.path("paths")
                .forEachEntry((path, methods) -> methods.forEachEntry((method, operation) -> all.add(new Operation(
                        method.toUpperCase(Locale.ROOT),
                        path,
                        operation.path("operationId").stringValue(""),
                        Pattern.compile(path.replaceAll("\\{[^}]*}", "[^/]+"))))));
        return all;
    }
}
