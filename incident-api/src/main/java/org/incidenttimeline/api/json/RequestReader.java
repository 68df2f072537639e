package org.incidenttimeline.api.json;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.incidenttimeline.api.problem.ProblemCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;

/** Reads the body of a request, and tells everything that is wrong with it in one answer where it can. */
public final class RequestReader extends AbstractHttpMessageConverter<Object> {
    private final Predicate<Class<?>> isCommand;

    /** @param isCommand whether a body of that type is recorded for ever */
    public RequestReader(Predicate<Class<?>> isCommand) {
        super(MediaType.APPLICATION_JSON);
        this.isCommand = isCommand;
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
        byte[] body = message.getBody().readAllBytes();
        return isCommand.test(type) ? BodyReader.readCommand(type, BodyReader.utf8(body)) : BodyReader.read(type, body);
    }

    @Override
    protected void writeInternal(Object value, HttpOutputMessage message) {
        throw new UnsupportedOperationException("reads only");
    }
}
