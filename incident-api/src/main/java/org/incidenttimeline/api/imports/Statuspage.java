package org.incidenttimeline.api.imports;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.problem.ProblemCode;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the incidents that a status page publishes, one after the other, as the lines that tell the same: a declaration
 * for each incident and an entry for each of its updates, in their own words.
 */
final class Statuspage {
    private static final Map<String, String> SEVERITIES =
            Map.of("critical", "SEV1", "major", "SEV2", "minor", "SEV3", "none", "SEV5", "maintenance", "SEV5");
    private static final Map<String, String> MEANINGS = Map.of(
            "investigating", "INVESTIGATING",
            "identified", "MITIGATING",
            "in_progress", "MITIGATING",
            "monitoring", "VERIFYING",
            "verifying", "VERIFYING",
            "resolved", "RESOLVED",
            "completed", "RESOLVED");

    /** Times of one incident that differ by less are the same. */
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private final JsonMapper json = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(Limits.JSON_DEPTH)
                            .maxStringLength(Limits.JSON_STRING_LENGTH)
                            .maxNumberLength(Limits.JSON_NUMBER_LENGTH)
                            .maxNameLength(Limits.JSON_NAME_LENGTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    /**
     * Reads them all.
     *
     * @throws org.incidenttimeline.api.problem.ProblemException if the body is not what such a page publishes
     */
    void read(InputStream body, Consumer<ObjectNode> lines) throws IOException {
        var utf8 = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        try (var parser = json.createParser(new InputStreamReader(body, utf8))) {
            readPage(parser, lines);
        } catch (StreamConstraintsException _) {
            throw ProblemCode.JSON_LIMIT_EXCEEDED.because(
                    "The body goes beyond a limit of JSON: its depth, or the length of a string, number or name.");
        } catch (JacksonException e) {
            if (e.getCause() instanceof IOException cut && !(cut instanceof CharacterCodingException)) {
                throw cut;
            }
            var place = e.getLocation();
            throw ProblemCode.MALFORMED_JSON.because("The body is not valid JSON in UTF-8, or names a field twice"
                    + (place == null
                            ? "."
                            : ": line %d, column %d.".formatted(place.getLineNr(), place.getColumnNr())));
        }
    }

    private void readPage(JsonParser parser, Consumer<ObjectNode> lines) {
        boolean found = false;
        if (parser.nextToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean incidents = "incidents".equals(parser.currentName());
                if (parser.nextToken() == JsonToken.START_ARRAY && incidents) {
                    found = true;
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        told(read(parser, new Budget()), lines);
                    }
                } else {
                    parser.skipChildren();
                }
            }
        }
        if (!found || parser.nextToken() != null) {
            throw ProblemCode.MALFORMED_JSON.because(
                    "The body must be one JSON object with a list of incidents, as a status page publishes it at"
                            + " /api/v2/incidents.json.");
        }
    }

    /** How many JSON tokens of an incident may still come: an incident is held in memory, the page is not. */
    private static final class Budget {
        private int left = Limits.IMPORT_INCIDENT_TOKENS;

        void take() {
            left--;
            if (left < 0) {
                throw ProblemCode.JSON_LIMIT_EXCEEDED.because(
                        "An incident has at most " + Limits.IMPORT_INCIDENT_TOKENS + " JSON tokens.");
            }
        }
    }

    /** Reads objects, lists and strings; nothing else of a page is of use. */
    private static JsonNode read(JsonParser parser, Budget budget) {
        budget.take();
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                var object = JsonNodeFactory.instance.objectNode();
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    object.set(name, read(parser, budget));
                }
                yield object;
            }
            case START_ARRAY -> {
                var array = JsonNodeFactory.instance.arrayNode();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(read(parser, budget));
                }
                yield array;
            }
            case VALUE_STRING -> JsonNodeFactory.instance.stringNode(parser.getString());
            default -> JsonNodeFactory.instance.nullNode();
        };
    }

    private static void told(JsonNode incident, Consumer<ObjectNode> lines) {
        lines.accept(line(incident, "declare", declaration(incident)));
        var updates = incident.path("incident_updates").valueStream().toList();
        // The page lists the newest first; of what happened at one time, the older update comes first.
        var resolving = updates.stream()
                .filter(update -> text(update, "status").equals(Optional.of("resolved")))
                .max(Comparator.comparing(Statuspage::instant));
        for (var update : updates.reversed()) {
            var entry = entry(update);
            if (resolving.equals(Optional.of(update))) {
                text(incident, "resolved_at")
                        .filter(at -> isAnother(at, time(update)))
                        .ifPresent(at -> entry.putArray("otherTimes")
                                .addObject()
                                .put("time", at)
                                .put("claimedBy", "resolved_at of the incident"));
            }
            lines.accept(line(incident, "entry", entry));
        }
    }

    private static ObjectNode line(JsonNode incident, String kind, ObjectNode told) {
        var line = JsonNodeFactory.instance.objectNode();
        line.set(
                "incident",
                incident.path("id").isMissingNode() ? JsonNodeFactory.instance.nullNode() : incident.get("id"));
        line.set(kind, told);
        return line;
    }

    private static ObjectNode declaration(JsonNode incident) {
        var declaration = JsonNodeFactory.instance.objectNode();
        text(incident, "name").ifPresent(name -> declaration.put("title", name.strip()));
        text(incident, "impact")
                .ifPresent(impact -> declaration.put("severity", SEVERITIES.getOrDefault(impact, impact)));
        text(incident, "created_at").ifPresent(at -> declaration.put("occurredAt", at));
        text(incident, "started_at").ifPresent(at -> declaration.put("startedAt", at));
        text(incident, "shortlink").ifPresent(url -> declaration.put("url", url));
        var services = declaration.putArray("services");
        incident.path("components")
                .valueStream()
                .flatMap(c -> text(c, "name").stream())
                .forEach(services::add);
        declaration.putObject("detection").put("source", "OTHER");
        return declaration;
    }

    private static ObjectNode entry(JsonNode update) {
        var entry = JsonNodeFactory.instance.objectNode();
        text(update, "id").ifPresent(id -> entry.put("id", id));
        time(update).ifPresent(at -> entry.put("occurredAt", at));
        text(update, "body").filter(words -> !words.isBlank()).ifPresent(words -> entry.put("text", words));
        text(update, "status").ifPresent(called -> {
            var status = entry.putObject("status").put("called", called);
            Optional.ofNullable(MEANINGS.get(called)).ifPresent(means -> status.put("means", means));
        });
        return entry;
    }

    /** When the page says that it was, which its writers may set otherwise than when they wrote it. */
    private static Optional<String> time(JsonNode update) {
        return text(update, "display_at").or(() -> text(update, "created_at"));
    }

    private static Instant instant(JsonNode update) {
        try {
            return time(update)
                    .map(OffsetDateTime::parse)
                    .map(OffsetDateTime::toInstant)
                    .orElse(Instant.MIN);
        } catch (DateTimeParseException _) {
            return Instant.MIN;
        }
    }

    private static boolean isAnother(String time, Optional<String> than) {
        try {
            return than.isEmpty()
                    || Duration.between(OffsetDateTime.parse(time), OffsetDateTime.parse(than.get()))
                                    .abs()
                                    .compareTo(A_MINUTE)
                            > 0;
        } catch (DateTimeParseException _) {
            return true;
        }
    }

    private static Optional<String> text(JsonNode object, String field) {
        return Optional.ofNullable(object.get(field)).filter(JsonNode::isString).map(JsonNode::stringValue);
    }
}
