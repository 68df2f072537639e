package org.incidenttimeline.api.limit;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.incidenttimeline.api.problem.ProblemCode;
import org.incidenttimeline.api.problem.ProblemWriter;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses a body that is too large or compressed before anything else looks at it. Tomcat limits only forms, so the bytes
 * are counted here, and a chunked body is cut off where it passes the limit. A compressed body is refused, since nobody
 * can know how large it is without inflating it. It comes after authentication: nobody unknown makes us read a body.
 */
@Component
@Order(SecurityFilterProperties.DEFAULT_FILTER_ORDER + 10)
class BodyLimitFilter extends OncePerRequestFilter {
    private final ProblemWriter problems;

    BodyLimitFilter(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            problems.write(
                    response,
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE.problem("Send the body as it is, without a Content-Encoding."));
            return;
        }
        byte[] body = {};
        if (request.getContentLengthLong() <= Limits.BODY_BYTES) {
            body = request.getInputStream().readNBytes(Limits.BODY_BYTES + 1);
        }
        if (request.getContentLengthLong() > Limits.BODY_BYTES || body.length > Limits.BODY_BYTES) {
            problems.write(
                    response,
                    ProblemCode.BODY_TOO_LARGE.problem("A body has at most " + Limits.BODY_BYTES + " bytes."));
            return;
        }
        RequestBytes.keep(request, body);
        chain.doFilter(new BufferedRequest(request, body), response);
    }

    /** The request with the body that was read and counted already. */
    private static final class BufferedRequest extends HttpServletRequestWrapper {
        private final BufferedBody body;

        BufferedRequest(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = new BufferedBody(body);
        }

        @Override
        public ServletInputStream getInputStream() {
            return body;
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        }
    }

    private static final class BufferedBody extends ServletInputStream {
        private final ByteArrayInputStream bytes;

        BufferedBody(byte[] bytes) {
            this.bytes = new ByteArrayInputStream(bytes);
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return bytes.read(target, offset, length);
        }

        @Override
        public int available() {
            return bytes.available();
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("the body was read already");
        }
    }
}
