package org.incidenttimeline.api.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.stream.Collectors;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.problem.Problem.FieldError;
import org.incidenttimeline.api.problem.ProblemCode;
import org.incidenttimeline.api.problem.ProblemException;
import org.incidenttimeline.api.secret.SecretScan;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON strictly into a value, and tells everything that is wrong with it in one problem where it can. */
public final class BodyReader {
    private static final String ONE_OBJECT = "The body must be one JSON object, with nothing after it.";
    private static final JsonMapper JSON = StrictJson.mapper();

    private BodyReader() {}

    /**
     * Reads a body.
     *
     * @throws ProblemException if it is not UTF-8, not JSON, goes beyond a limit, or is no such value
     */
    public static <T> T read(Class<T> type, byte[] body) {
        return read(type, utf8(body));
    }

    /** Jackson's own decoder lets overlong forms and encoded surrogates pass; this one does not. */
    public static String utf8(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException _) {
            throw ProblemCode.MALFORMED_JSON.because("The body is not valid UTF-8.");
        }
    }

    /** The same, where the body was read as a text already. */
    public static <T> T read(Class<T> type, String body) {
        return read(type, body, "");
    }

    /**
     * The same, of the body of a command, which is recorded for ever.
     *
     * @throws ProblemException with {@link ProblemCode#SECRET_DETECTED} if somebody pasted a credential into it; it tells
     *     where and what, and never the value
     */
    public static <T> T readCommand(Class<T> type, String body) {
        requireNoSecret(body);
        return read(type, body);
    }

    private static void requireNoSecret(String body) {
        var found = new ArrayList<FieldError>();
        try (var parser = JSON.createParser(body)) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    String pointer = parser.streamReadContext().pathAsPointer().toString();
                    SecretScan.of(parser.getString())
                            .ifPresent(what -> found.add(new FieldError(pointer, "must not hold " + what)));
                }
            }
        } catch (JacksonException _) {
            // Whoever reads the body tells what is wrong with it.
        }
        if (!found.isEmpty()) {
            throw ProblemCode.SECRET_DETECTED.because(
                    "Nothing was recorded, since what is recorded stays. Take the secret out and say where it is kept instead;"
                            + " and change it, for it was sent.",
                    found.subList(0, Math.min(found.size(), Limits.FIELD_ERRORS)));
        }
    }

    /**
     * The same, of a piece of a body.
     *
     * @param at a pointer to where the piece stands
     */
    public static <T> T read(Class<T> type, String body, String at) {
        var errors = new FieldErrorCollector.Errors();
        T value;
        try {
            value = JSON.readerFor(type)
                    .withAttribute(FieldErrorCollector.Errors.class, errors)
                    .readValue(body);
        } catch (StreamConstraintsException _) {
            throw ProblemCode.JSON_LIMIT_EXCEEDED.because(
                    "The body goes beyond a limit of JSON: its depth, the length of a string, number or name, or the count of tokens.");
        } catch (JacksonException e) {
            boolean isNoValueOfOurs = e.getPath().isEmpty() && at.isEmpty();
            if (isNoValueOfOurs || (e instanceof StreamReadException && !(e instanceof InputCoercionException))) {
                throw malformed(e);
            }
            errors.add(Pointers.of(e.getPath()), detail(e, body));
            throw invalid(errors, at);
        }
        if (!errors.found().isEmpty()) {
            throw invalid(errors, at);
        }
        if (value == null) {
            throw ProblemCode.MALFORMED_JSON.because(ONE_OBJECT);
        }
        return value;
    }

    private static ProblemException invalid(FieldErrorCollector.Errors errors, String at) {
        if (at.isEmpty()
                && errors.found().stream().anyMatch(error -> error.pointer().isEmpty())) {
            return ProblemCode.MALFORMED_JSON.because(ONE_OBJECT);
        }
        return ProblemCode.INVALID_REQUEST.because(
                "Fields of the request are missing, unknown or wrong.",
                errors.found().stream()
                        .map(error -> new FieldError(at + error.pointer(), error.detail()))
                        .toList());
    }

    private static ProblemException malformed(JacksonException e) {
        var place = e.getLocation();
        return e instanceof StreamReadException && place != null && place.getLineNr() > 0
                ? ProblemCode.MALFORMED_JSON.because(
                        "The body is not valid JSON, or names a field twice: line %d, column %d."
                                .formatted(place.getLineNr(), place.getColumnNr()))
                : ProblemCode.MALFORMED_JSON.because(ONE_OBJECT);
    }

    private static String detail(JacksonException e, String body) {
        var invalid = InvalidValues.in(e);
        if (invalid.isPresent()) {
            return invalid.get();
        }
        if (e instanceof UnrecognizedPropertyException unknown) {
            return "is no field of this request; the fields are " + names(unknown);
        }
        if (e instanceof InvalidNullException) {
            return "must not be null";
        }
        if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            String expected = Expectation.of(mismatch.getTargetType());
            return isAbsent(body, e) ? "is required: " + expected : expected;
        }
        return e instanceof InputCoercionException ? Expectation.of(Long.class) : "is not as it should be";
    }

    private static String names(UnrecognizedPropertyException unknown) {
        var known = unknown.getKnownPropertyIds();
        return known == null ? "" : known.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
    }

    /** Whether the field that was complained of is missing or null, as opposed to wrong. */
    private static boolean isAbsent(String body, JacksonException e) {
        try {
            var node = JSON.readTree(body);
            for (var step : e.getPath()) {
                node = step.getPropertyName() == null ? node.path(step.getIndex()) : node.path(step.getPropertyName());
            }
            return node.isMissingNode() || node.isNull();
        } catch (JacksonException _) {
            return false;
        }
    }
}
