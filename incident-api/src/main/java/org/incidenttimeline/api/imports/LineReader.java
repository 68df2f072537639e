package org.incidenttimeline.api.imports;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.zone.ZoneRulesException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.incidenttimeline.api.imports.StagedLine.Kind;
import org.incidenttimeline.api.json.BodyReader;
import org.incidenttimeline.api.problem.Problem.FieldError;
import org.incidenttimeline.api.problem.ProblemCode;
import org.incidenttimeline.api.problem.ProblemException;
import org.incidenttimeline.api.submission.Caller;
import org.incidenttimeline.api.submission.CommandReader;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.InvalidValue;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Reference;
import org.incidenttimeline.core.seal.RowCipher;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads a line of a file as the command that it asks for. */
final class LineReader {
    static final String DECLARATION = "/import";
    static final String ENTRY = "/imported-entries";

    /** Names under which incidents get an identifier of ours where the source's own has another form. */
    private static final UUID NAMES = UUID.fromString("6f0f5b2e-54f5-4a53-9d0c-0d6a1a3f8e11");

    /** Fields that hold a time and nothing else, wherever they stand. */
    private static final Set<String> TIMES = Set.of("occurredAt", "startedAt", "firstSeen", "recoveredAt");

    private static final JsonMapper CANONICAL =
            JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

    private final ImportTerms terms;
    private final UUID importId;
    private final CommandReader commands;
    private final Caller caller;
    private final RowCipher cipher;

    LineReader(ImportTerms terms, UUID importId, CommandReader commands, Caller caller, RowCipher cipher) {
        this.terms = terms;
        this.importId = importId;
        this.commands = commands;
        this.caller = caller;
        this.cipher = cipher;
    }

    /** A line as it is written: about one incident, one of the three. */
    record Line(
            Reference incident,
            Optional<JsonNode> declare,
            Optional<JsonNode> entry,
            Optional<String> path,
            Optional<JsonNode> body) {
        Line {
            declare = declare.filter(node -> !node.isNull());
            entry = entry.filter(node -> !node.isNull());
            body = body.filter(node -> !node.isNull());
        }
    }

    /** What a line says before its command is read: where the body stands in it, and where it would be posted. */
    private record Told(Kind kind, String field, String path, Optional<String> sourceId, ObjectNode body) {}

    StagedLine read(int number, byte[] line) {
        try {
            return read(number, BodyReader.read(Line.class, line));
        } catch (ProblemException e) {
            return refused(number, Kind.COMMAND, Optional.empty(), Optional.empty(), "", Verdict.refused(e.problem()));
        }
    }

    StagedLine read(int number, JsonNode line) {
        try {
            return read(number, BodyReader.read(Line.class, line.toString()));
        } catch (ProblemException e) {
            return refused(number, Kind.COMMAND, Optional.empty(), Optional.empty(), "", Verdict.refused(e.problem()));
        }
    }

    /** A line that is none, for instance because it is too long. */
    static StagedLine refused(int number, Verdict why) {
        return refused(number, Kind.COMMAND, Optional.empty(), Optional.empty(), "", why);
    }

    private StagedLine read(int number, Line line) {
        var incident = identified(line.incident());
        var kind = line.declare().isPresent() ? Kind.DECLARATION : line.entry().isPresent() ? Kind.ENTRY : Kind.COMMAND;
        Told told;
        try {
            told = told(line, kind);
        } catch (ProblemException e) {
            return refused(number, kind, Optional.of(incident), Optional.empty(), "", Verdict.refused(e.problem()));
        }
        try {
            var errors = new ArrayList<FieldError>();
            readTimes(told.body(), told.field(), errors);
            if (!errors.isEmpty()) {
                throw wrong(errors);
            }
            String identity = identity(incident, told);
            if (kind == Kind.DECLARATION) {
                told.body().put("importRun", importId.toString());
            }
            var command = commands.read(incident, told.path(), told.body(), caller);
            return new StagedLine(
                    number,
                    kind,
                    Optional.of(incident),
                    told.sourceId(),
                    command.occurredAt().at(),
                    told.path(),
                    told.body().toString(),
                    identity,
                    Optional.empty());
        } catch (ProblemException e) {
            return refused(
                    number,
                    kind,
                    Optional.of(incident),
                    told.sourceId(),
                    told.path(),
                    Verdict.refused(e.problem().with(pointed(e.problem().errors(), told.field()))));
        }
    }

    private static StagedLine refused(
            int number, Kind kind, Optional<IncidentId> incident, Optional<String> sourceId, String path, Verdict why) {
        return new StagedLine(number, kind, incident, sourceId, Optional.empty(), path, "", "", Optional.of(why));
    }

    /** The source's name for the incident, where it has the form of ours; else one that follows from it. */
    private IncidentId identified(Reference name) {
        try {
            return new IncidentId(name.value());
        } catch (InvalidValue _) {
            return new IncidentId(UuidCreator.getNameBasedSha1(NAMES, terms.source() + "\n" + name)
                    .toString());
        }
    }

    private Told told(Line line, Kind kind) {
        boolean command = line.path().isPresent() || line.body().isPresent();
        if (Stream.of(line.declare().isPresent(), line.entry().isPresent(), command)
                        .filter(there -> there)
                        .count()
                != 1) {
            throw wrong("", "must have one of declare, entry, or path with body");
        }
        return switch (kind) {
            case DECLARATION -> declaration(line.incident(), object(line.declare(), "/declare"));
            case ENTRY -> entry(object(line.entry(), "/entry"));
            case COMMAND -> {
                var path = line.path().orElseThrow(() -> missing("/path"));
                if (path.equals(CommandReader.DECLARATION)) {
                    throw wrong("/path", "must not be empty; an incident is declared by declare");
                }
                var body = object(line.body(), "/body");
                yield new Told(kind, "/body", path, Optional.empty(), dated(body));
            }
        };
    }

    private Told declaration(Reference name, ObjectNode declaration) {
        var body = dated(declaration);
        body.set("origin", origin(name.value(), Optional.ofNullable(body.remove("url"))));
        if (isAbsent(body.get("lead"))) {
            terms.lead().ifPresent(lead -> body.put("lead", lead.value()));
        }
        if (isAbsent(body.get("licence"))) {
            terms.licence().ifPresent(licence -> body.put("licence", licence.value()));
        }
        return new Told(Kind.DECLARATION, "/declare", DECLARATION, Optional.of(name.value()), body);
    }

    /** An entry without a name of its own is named by what it says. */
    private Told entry(ObjectNode entry) {
        var body = dated(entry);
        var url = Optional.ofNullable(body.remove("url"));
        var named = body.remove("id");
        var id = named == null || named.isNull()
                ? JsonNodeFactory.instance.stringNode(
                        "content-" + digest(canonical(body)).substring(0, 32))
                : named;
        var origin = origin("", url);
        origin.set("id", id);
        body.set("origin", origin);
        var status = body.get("status");
        if (status != null && status.isString()) {
            body.set("status", JsonNodeFactory.instance.objectNode().set("called", status));
        }
        return new Told(
                Kind.ENTRY, "/entry", ENTRY, id.isString() ? Optional.of(id.stringValue()) : Optional.empty(), body);
    }

    private ObjectNode origin(String id, Optional<JsonNode> url) {
        var origin = JsonNodeFactory.instance.objectNode();
        origin.put("source", terms.source().value()).put("id", id);
        url.ifPresent(there -> origin.set("url", there));
        return origin;
    }

    /** What tells of no time happened at an unknown one, not now. */
    private static ObjectNode dated(ObjectNode told) {
        var body = told.deepCopy();
        if (isAbsent(body.get("occurredAt"))) {
            body.putObject("occurredAt").put("precision", "UNKNOWN");
        }
        return body;
    }

    private static boolean isAbsent(@Nullable JsonNode field) {
        return field == null || field.isNull();
    }

    private static ObjectNode object(Optional<JsonNode> field, String pointer) {
        if (field.orElseThrow(() -> missing(pointer)) instanceof ObjectNode object) {
            return object;
        }
        throw wrong(pointer, "must be an object");
    }

    private static ProblemException missing(String pointer) {
        return wrong(pointer, "is required");
    }

    private static ProblemException wrong(String pointer, String detail) {
        return wrong(List.of(new FieldError(pointer, detail)));
    }

    private static ProblemException wrong(List<FieldError> errors) {
        return ProblemCode.INVALID_REQUEST.because("Fields of the line are missing, unknown or wrong.", errors);
    }

    /** Puts times in words into the form in which commands take them. */
    private void readTimes(JsonNode node, String pointer, List<FieldError> errors) {
        switch (node) {
            case ObjectNode object -> {
                for (var name : List.copyOf(object.propertyNames())) {
                    var value = object.get(name);
                    String at = pointer + "/" + name;
                    if (value.isString() && TIMES.contains(name) && !isTime(value.stringValue())) {
                        replace(object, name, value.stringValue(), Optional.empty(), terms.zone(), at, errors);
                    } else if (value instanceof ObjectNode written && isInWords(written)) {
                        readWritten(object, name, written, at, errors);
                    } else {
                        readTimes(value, at, errors);
                    }
                }
            }
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    readTimes(array.get(i), pointer + "/" + i, errors);
                }
            }
            default -> {}
        }
    }

    /** {@code {"original":"14:??","date":"2017-01-31","zone":"UTC"}}: words, and nothing that a command understands. */
    private static boolean isInWords(ObjectNode time) {
        return time.path("original").isString()
                && !time.has("at")
                && !time.has("precision")
                && List.of("original", "date", "zone").containsAll(time.propertyNames());
    }

    private void readWritten(
            ObjectNode holder, String name, ObjectNode written, String pointer, List<FieldError> errors) {
        Optional<LocalDate> date;
        Optional<ZoneId> zone;
        try {
            date = Optional.ofNullable(written.get("date"))
                    .map(JsonNode::asString)
                    .map(LocalDate::parse);
        } catch (DateTimeParseException _) {
            errors.add(new FieldError(pointer + "/date", "must be a date, for instance 2017-01-31"));
            return;
        }
        try {
            zone = Optional.ofNullable(written.get("zone"))
                    .map(JsonNode::asString)
                    .map(LineReader::zone);
        } catch (InvalidValue e) {
            errors.add(new FieldError(pointer + "/zone", String.valueOf(e.getMessage())));
            return;
        }
        replace(holder, name, written.path("original").stringValue(), date, zone.or(terms::zone), pointer, errors);
    }

    private static void replace(
            ObjectNode holder,
            String name,
            String words,
            Optional<LocalDate> date,
            Optional<ZoneId> zone,
            String pointer,
            List<FieldError> errors) {
        try {
            holder.set(name, written(TimeWords.read(words, date, zone)));
        } catch (InvalidValue e) {
            errors.add(new FieldError(pointer, String.valueOf(e.getMessage())));
        }
    }

    private static ObjectNode written(OccurredAt time) {
        var offset = time.offset().orElse(ZoneOffset.UTC);
        var node = JsonNodeFactory.instance.objectNode();
        time.at().ifPresent(at -> node.put("at", at.atOffset(offset).toString()));
        time.until().ifPresent(until -> node.put("until", until.atOffset(offset).toString()));
        node.put("precision", time.precision().name());
        time.original().ifPresent(words -> node.put("original", words.value()));
        return node;
    }

    private static boolean isTime(String text) {
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeParseException _) {
            return false;
        }
    }

    /** A zone by its name or offset. */
    static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (ZoneRulesException _) {
            throw new InvalidValue("must be a zone that is known, for instance Europe/Paris or +01:00");
        } catch (DateTimeException _) {
            throw new InvalidValue("must be a zone, for instance Europe/Paris or +01:00");
        }
    }

    /** The pointers of a command's body as pointers into the line. */
    private static List<FieldError> pointed(List<FieldError> errors, String field) {
        return errors.stream()
                .map(error -> error.pointer().startsWith(field)
                        ? error
                        : new FieldError(field + error.pointer().replaceFirst("^/origin", ""), error.detail()))
                .toList();
    }

    /** The same command of the same source about the same incident is the same line, in whatever file it stands. */
    private String identity(IncidentId incident, Told told) {
        return digest(String.join("\n", terms.source().value(), incident.value(), told.path(), canonical(told.body())));
    }

    private static String canonical(JsonNode body) {
        return CANONICAL.writeValueAsString(body);
    }

    /** Told without the key of the installation, a digest would let people try what was written. */
    private String digest(String text) {
        return HexFormat.of().formatHex(cipher.name(text));
    }
}
