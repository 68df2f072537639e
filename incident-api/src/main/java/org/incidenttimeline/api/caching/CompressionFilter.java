package org.incidenttimeline.api.caching;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.apache.tomcat.util.http.parser.AcceptEncoding;
import org.incidenttimeline.api.limit.Limits;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Compresses documents for those who accept gzip. Tomcat would do that only where the tag is weak, and a weak tag is of no
 * use in {@code If-Match}; here the compressed form has a strong tag of its own, the plain one and {@value #SUFFIX}, which
 * is taken off again where it comes back. Streams are left alone.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
class CompressionFilter extends OncePerRequestFilter {
    private static final String SUFFIX = "-gzip";
    private static final String GZIP = "gzip";

    /** By this an answer tells a proxy, and this filter, to pass it on as it is written. */
    private static final String BUFFERING = "X-Accel-Buffering";

    private static final String STREAMED = "no";
    private static final Set<String> COMPRESSED =
            Set.of(MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_PROBLEM_JSON_VALUE, "text/markdown");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!isRead(request)) {
            chain.doFilter(new PlainTags(request), response);
            return;
        }
        response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        if (!acceptsGzip(request)) {
            chain.doFilter(request, response);
            return;
        }
        var buffered = new Documents(response);
        chain.doFilter(new PlainTags(request), buffered);
        if (response.getStatus() == HttpServletResponse.SC_NOT_MODIFIED) {
            restoreTag(request, response);
        } else if (buffered.getContentSize() >= Limits.COMPRESSED_BYTES
                && response.getHeader(HttpHeaders.CONTENT_ENCODING) == null) {
            compress(buffered, response);
            return;
        }
        buffered.copyBodyToResponse();
    }

    private static boolean isRead(HttpServletRequest request) {
        return HttpMethod.GET.matches(request.getMethod()) || HttpMethod.HEAD.matches(request.getMethod());
    }

    private static boolean acceptsGzip(HttpServletRequest request) throws IOException {
        String accepted = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
        return accepted != null
                && AcceptEncoding.parse(new StringReader(accepted)).stream()
                        .anyMatch(e -> e.getEncoding().equalsIgnoreCase(GZIP) && e.getQuality() > 0);
    }

    private static void compress(Documents buffered, HttpServletResponse response) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(buffered.getContentAsByteArray());
        }
        String tag = response.getHeader(HttpHeaders.ETAG);
        if (tag != null) {
            response.setHeader(HttpHeaders.ETAG, compressed(tag));
        }
        response.setHeader(HttpHeaders.CONTENT_ENCODING, GZIP);
        response.setContentLength(bytes.size());
        bytes.writeTo(response.getOutputStream());
    }

    /** The caller keeps the form that it named. */
    private static void restoreTag(HttpServletRequest request, HttpServletResponse response) {
        String tag = response.getHeader(HttpHeaders.ETAG);
        if (tag != null
                && Collections.list(request.getHeaders(HttpHeaders.IF_NONE_MATCH)).stream()
                        .anyMatch(value -> value.contains(compressed(tag)))) {
            response.setHeader(HttpHeaders.ETAG, compressed(tag));
        }
    }

    private static String compressed(String tag) {
        return tag.substring(0, tag.length() - 1) + SUFFIX + "\"";
    }

    /** The request with the tags that the application knows. */
    private static final class PlainTags extends HttpServletRequestWrapper {
        PlainTags(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable String getHeader(String name) {
            String value = super.getHeader(name);
            return value == null ? null : plain(name, value);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return Collections.enumeration(Collections.list(super.getHeaders(name)).stream()
                    .map(value -> plain(name, value))
                    .toList());
        }

        private static String plain(String name, String value) {
            boolean isCondition =
                    name.equalsIgnoreCase(HttpHeaders.IF_MATCH) || name.equalsIgnoreCase(HttpHeaders.IF_NONE_MATCH);
            return isCondition ? value.replace(SUFFIX + "\"", "\"") : value;
        }
    }

    /** Keeps documents back, and lets everything else pass as it is written. */
    private static final class Documents extends ContentCachingResponseWrapper {
        Documents(HttpServletResponse response) {
            super(response);
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            return isDocument() ? super.getOutputStream() : getResponse().getOutputStream();
        }

        @Override
        public PrintWriter getWriter() throws IOException {
            return isDocument() ? super.getWriter() : getResponse().getWriter();
        }

        private boolean isDocument() {
            String type = getContentType();
            if (type == null || STREAMED.equals(getHeader(BUFFERING))) {
                return false;
            }
            try {
                var parsed = MediaType.parseMediaType(type);
                return COMPRESSED.contains(parsed.getType() + "/" + parsed.getSubtype());
            } catch (InvalidMediaTypeException _) {
                return false;
            }
        }
    }
}
