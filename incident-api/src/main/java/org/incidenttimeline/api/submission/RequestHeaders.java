package org.incidenttimeline.api.submission;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.problem.ProblemCode;
import org.incidenttimeline.api.problem.ProblemException;
import org.springframework.http.HttpHeaders;
import org.springframework.web.context.request.NativeWebRequest;

/** The headers that say something about a command, each given at most once. */
final class RequestHeaders {
    static final String ON_BEHALF_OF = "X-On-Behalf-Of";
    static final String CORRELATION_ID = "X-Correlation-Id";
    static final String CAUSATION_ID = "X-Causation-Id";
    static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /** What a read adds behind the version tells forms of one answer apart; a command looks at the version. */
    private static final Pattern STRONG_VERSION = Pattern.compile("\"([0-9]{1,18})(?:-[0-9a-z]{1,16})?\"");

    private static final Pattern TRACE_ID = Pattern.compile("[!-~]{1," + Limits.TRACE_ID_LENGTH + "}");
    // A string of structured fields (RFC 9651, section 3.3.3), in which \ stands before " and \, or the bare
    // characters.
    private static final Pattern QUOTED_KEY = Pattern.compile("\"((?:[!#-\\[\\]-~]|\\\\[\"\\\\])+)\"");
    private static final Pattern BARE_KEY = Pattern.compile("[!#-+\\--:<-\\[\\]-~]+");
    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");
    private static final Pattern PRINTABLE_ASCII = Pattern.compile("[ -~]*");

    private final NativeWebRequest request;

    RequestHeaders(NativeWebRequest request) {
        this.request = request;
    }

    Optional<String> one(String name) {
        String[] values = request.getHeaderValues(name);
        if (values == null || values.length == 0) {
            return Optional.empty();
        }
        if (values.length > 1) {
            throw wrong(name, "must be given once");
        }
        return Optional.of(values[0]);
    }

    OptionalLong expectedVersion() {
        var given = one(HttpHeaders.IF_MATCH);
        if (given.isEmpty()) {
            return OptionalLong.empty();
        }
        var version = STRONG_VERSION.matcher(given.get());
        if (!version.matches()) {
            throw wrong(HttpHeaders.IF_MATCH, "must be one version as the ETag told it, in quotes and without W/");
        }
        return OptionalLong.of(Long.parseLong(version.group(1)));
    }

    /** The key under which the caller may ask again, without its quotes. */
    Optional<String> idempotencyKey() {
        return one(IDEMPOTENCY_KEY).map(given -> {
            var quoted = QUOTED_KEY.matcher(given);
            String key = quoted.matches() ? ESCAPED.matcher(quoted.group(1)).replaceAll("$1") : given;
            if ((!quoted.matches() && !BARE_KEY.matcher(given).matches()) || key.length() > Limits.KEY_LENGTH) {
                throw wrong(
                        IDEMPOTENCY_KEY,
                        "must be 1 to " + Limits.KEY_LENGTH + " visible ASCII characters in quotes, for instance \""
                                + "0199d3c2-6a52-7c1e-9a01-2f6d3b0f5e11\"");
            }
            if (key.startsWith(Caller.KEYS_OF_IMPORTS)) {
                throw wrong(
                        IDEMPOTENCY_KEY,
                        "must not begin with " + Caller.KEYS_OF_IMPORTS
                                + ", as the keys of imports do; take another key, such as a UUID");
            }
            return key;
        });
    }

    Optional<String> traceId(String name) {
        var given = one(name);
        if (given.isPresent() && !TRACE_ID.matcher(given.get()).matches()) {
            throw wrong(name, "must be 1 to " + Limits.TRACE_ID_LENGTH + " visible ASCII characters");
        }
        return given;
    }

    /** A header whose characters outside ASCII are percent-encoded UTF-8: servers disagree on what other bytes mean. */
    Optional<String> decoded(String name) {
        return one(name).map(value -> decode(name, value));
    }

    private static String decode(String name, String value) {
        if (!PRINTABLE_ASCII.matcher(value).matches()) {
            throw wrong(name, "must be ASCII; write other characters as percent-encoded UTF-8, for instance Zo%C3%AB");
        }
        var bytes = new ByteArrayOutputStream(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != '%') {
                bytes.write(c);
            } else if (i + 2 < value.length()
                    && HexFormat.isHexDigit(value.charAt(i + 1))
                    && HexFormat.isHexDigit(value.charAt(i + 2))) {
                bytes.write(HexFormat.fromHexDigits(value, i + 1, i + 3));
                i += 2;
            } else {
                throw wrong(name, "must have two hexadecimal digits after each %; a % itself is %25");
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException _) {
            throw wrong(name, "must be UTF-8 when its percent-encoding is undone");
        }
    }

    static ProblemException wrong(String name, String whatWouldBeRight) {
        return ProblemCode.INVALID_HEADER.because("The header " + name + " " + whatWouldBeRight + ".");
    }
}
