package org.incidenttimeline.api.json;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.incidenttimeline.api.problem.ProblemCode;
import org.incidenttimeline.api.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/** Reads the body of a request, and tells everything that is wrong with it in one answer where it can. */
public final class RequestReader extends AbstractHttpMessageConverter<Object> {
    private static final String ONE_OBJECT = "The body must be one JSON object, with nothing after it.";

    private final JsonMapper json = StrictJson.mapper();

    public RequestReader() {
        super(MediaType.APPLICATION_JSON);
    }

    @Override
    protected boolean supports(Class<?> type) {
        return true;
    }

    @Override
    public boolean canWrite(Class<?> type, @Nullable MediaType mediaType) {
        return false;
    }

    @Override
    protected Object readInternal(Class<?> type, HttpInputMessage message) throws IOException {
        MediaType declared = message.getHeaders().getContentType();
        Charset charset = declared == null ? null : declared.getCharset();
        if (charset != null && !charset.equals(StandardCharsets.UTF_8)) {
            throw ProblemCode.UNSUPPORTED_MEDIA_TYPE.because("JSON is UTF-8 (RFC 8259); send the body as such.");
        }
        return read(type, utf8(message.getBody().readAllBytes()));
    }

    /** Jackson's own decoder lets overlong forms and encoded surrogates pass; this one does not. */
    private static String utf8(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException _) {
            throw ProblemCode.MALFORMED_JSON.because("The body is not valid UTF-8.");
        }
    }

    /**
     * Reads a body that stood in another one.
     *
     * @throws ProblemException as for a body that is a request's own; its pointers begin at this body
     */
    public Object read(Class<?> type, JsonNode body) {
        return read(type, body.toString());
    }

    /**
     * Reads a body that came otherwise than as a request, for instance as a line of a file.
     *
     * @throws ProblemException as for a body that is a request's own
     */
    public Object read(Class<?> type, byte[] body) {
        return read(type, utf8(body));
    }

    private Object read(Class<?> type, String body) {
        var errors = new FieldErrorCollector.Errors();
        Object value;
        try {
            value = json.readerFor(type)
                    .withAttribute(FieldErrorCollector.Errors.class, errors)
                    .readValue(body);
        } catch (StreamConstraintsException _) {
            throw ProblemCode.JSON_LIMIT_EXCEEDED.because(
                    "The body goes beyond a limit of JSON: its depth, the length of a string, number or name, or the count of tokens.");
        } catch (JacksonException e) {
            if (e.getPath().isEmpty() || (e instanceof StreamReadException && !(e instanceof InputCoercionException))) {
                throw malformed(e);
            }
            errors.add(Pointers.of(e.getPath()), detail(e, body));
            throw invalid(errors);
        }
        if (!errors.found().isEmpty()) {
            throw invalid(errors);
        }
        if (value == null) {
            throw ProblemCode.MALFORMED_JSON.because(ONE_OBJECT);
        }
        return value;
    }

    private static ProblemException invalid(FieldErrorCollector.Errors errors) {
        if (errors.found().stream().anyMatch(error -> error.pointer().isEmpty())) {
            return ProblemCode.MALFORMED_JSON.because(ONE_OBJECT);
        }
        return ProblemCode.INVALID_REQUEST.because(
                "Fields of the request are missing, unknown or wrong.", errors.found());
    }

    private static ProblemException malformed(JacksonException e) {
        var place = e.getLocation();
        return e instanceof StreamReadException && place != null && place.getLineNr() > 0
                ? ProblemCode.MALFORMED_JSON.because(
                        "The body is not valid JSON, or names a field twice: line %d, column %d."
                                .formatted(place.getLineNr(), place.getColumnNr()))
                : ProblemCode.MALFORMED_JSON.because(ONE_OBJECT);
    }

    private String detail(JacksonException e, String body) {
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
    private boolean isAbsent(String body, JacksonException e) {
        try {
            var node = json.readTree(body);
            for (var step : e.getPath()) {
                node = step.getPropertyName() == null ? node.path(step.getIndex()) : node.path(step.getPropertyName());
            }
            return node.isMissingNode() || node.isNull();
        } catch (JacksonException _) {
            return false;
        }
    }

    @Override
    protected void writeInternal(Object value, HttpOutputMessage message) {
        throw new UnsupportedOperationException("reads only");
    }
}
