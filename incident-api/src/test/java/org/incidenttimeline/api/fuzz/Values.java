package org.incidenttimeline.api.fuzz;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Values made by chance: those that a schema allows, and those that nobody should send. */
final class Values {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<String> WORDS = List.of(
            "checkout",
            "search",
            "production",
            "ana",
            "ben",
            "release-42",
            "Zoë",
            "数据库",
            "قاعدة",
            "🔥",
            "p99 > 9 s",
            "a|b`c*d_e",
            "<script>alert(1)</script>",
            "=cmd()",
            "' or 1=1 --",
            "${jndi:ldap://localhost/x}",
            "%00",
            "../../etc/passwd");
    private static final List<String> HOSTILE = List.of(
            "",
            " ",
            "\u0000",
            "\u202Eevil",
            "\uFEFF",
            "a\nb",
            "\u001B[31m",
            "x".repeat(300),
            "x".repeat(11_000),
            "x".repeat(70_000),
            "hypothesis-0",
            "hypothesis-99999999999999999999",
            "2026-02-30T00:00:00Z",
            "9999999999-01-01T00:00:00Z",
            "P-1D",
            "null");

    private final JsonNode document;
    private final RandomGenerator random;
    private final Instant now;

    Values(JsonNode document, RandomGenerator random, Instant now) {
        this.document = document;
        this.random = random;
        this.now = now;
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    String word() {
        return one(WORDS);
    }

    String hostile() {
        return one(HOSTILE);
    }

    /** A value that the schema allows, as far as a schema can say. */
    JsonNode allowed(JsonNode schema, int depth) {
        var nodes = JSON.getNodeFactory();
        if (schema.has("$ref")) {
            return allowed(document.at(schema.get("$ref").stringValue("").substring(1)), depth);
        }
        for (String either : List.of("anyOf", "oneOf")) {
            if (schema.has(either)) {
                return allowed(one(schema.get(either).valueStream().toList()), depth);
            }
        }
        if (schema.has("enum")) {
            return one(schema.get("enum").valueStream().toList());
        }
        return switch (type(schema)) {
            case "null" -> nodes.nullNode();
            case "boolean" -> nodes.booleanNode(random.nextBoolean());
            case "integer" -> nodes.numberNode(random.nextInt(1, 40));
            case "number" -> nodes.numberNode(random.nextDouble());
            case "array" -> array(schema, depth);
            case "object" -> object(schema, depth);
            case String _ -> nodes.stringNode(string(schema));
        };
    }

    private String type(JsonNode schema) {
        var types = schema.path("type");
        return types.isArray() ? one(types.valueStream().toList()).stringValue("") : types.stringValue("string");
    }

    private ArrayNode array(JsonNode schema, int depth) {
        var array = JSON.createArrayNode();
        for (int i = random.nextInt(depth > 4 ? 1 : 3); i > 0; i--) {
            array.add(allowed(schema.path("items"), depth + 1));
        }
        return array;
    }

    private ObjectNode object(JsonNode schema, int depth) {
        var object = JSON.createObjectNode();
        var required = schema.path("required")
                .valueStream()
                .map(name -> name.stringValue(""))
                .toList();
        schema.path("properties").forEachEntry((name, property) -> {
            if (required.contains(name) || (depth < 4 && chance(0.5))) {
                object.set(name, allowed(property, depth + 1));
            }
        });
        return object;
    }

    private String string(JsonNode schema) {
        String format = schema.path("format").stringValue("");
        String pattern = schema.path("pattern").stringValue("");
        return switch (format) {
            case "date-time" ->
                now.minusSeconds(random.nextLong(-600, 100_000))
                        .atOffset(ZoneOffset.ofHours(random.nextInt(-12, 13)))
                        .toString();
            case "date" -> "2026-0" + random.nextInt(1, 10) + "-1" + random.nextInt(10);
            case "duration" -> "PT" + random.nextInt(1, 300) + "M";
            case "uri" -> "https://example.org/" + random.nextInt(100);
            case String _
            when pattern.startsWith("^[a-z]+-") ->
                one(List.of("hypothesis", "evidence", "test", "finding", "impact", "action", "change")) + "-"
                        + random.nextInt(1, 4);
            case String _ when pattern.contains("{64}") -> "ab".repeat(32);
            case String _ when pattern.startsWith("^[A-Za-z0-9]") -> "fuzz-" + random.nextInt(30);
            case String _ -> word();
        };
    }

    /** The same body with something wrong in it somewhere. */
    JsonNode spoilt(JsonNode body) {
        if (body instanceof ObjectNode object) {
            var names = List.copyOf(object.propertyNames());
            if (names.isEmpty() || chance(0.2)) {
                object.set(
                        chance(0.5) ? "unknown" : hostile().strip(),
                        JSON.getNodeFactory().stringNode(hostile()));
            } else if (chance(0.3)) {
                object.remove(one(names));
            } else {
                String name = one(names);
                object.set(name, spoilt(object.get(name)));
            }
            return object;
        }
        if (body instanceof ArrayNode array && !array.isEmpty() && chance(0.7)) {
            int i = random.nextInt(array.size());
            array.set(i, spoilt(array.get(i)));
            return array;
        }
        var nodes = JSON.getNodeFactory();
        return switch (random.nextInt(7)) {
            case 0 -> nodes.nullNode();
            case 1 -> nodes.numberNode(random.nextLong());
            case 2 -> nodes.numberNode(1e308);
            case 3 -> nodes.booleanNode(true);
            case 4 -> JSON.createArrayNode().add(hostile());
            case 5 -> JSON.createObjectNode().put(word(), hostile());
            default -> nodes.stringNode(hostile());
        };
    }
}
