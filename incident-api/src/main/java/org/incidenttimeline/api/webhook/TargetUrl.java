package org.incidenttimeline.api.webhook;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.incidenttimeline.core.event.InvalidValue;

/** Where events are sent: an absolute URL of http or https that names a host, without user information or fragment. */
record TargetUrl(@JsonValue String value) {
    static final int MAX_LENGTH = 2_000;

    /** Where the last label is a number, the host is an address to some and a name to others (WHATWG URL, 3.5). */
    private static final Pattern NUMBER_AT_THE_END = Pattern.compile("(?:^|\\.)(?:[0-9]+|0[xX][0-9a-fA-F]*)\\.?$");

    private static final Pattern IPV4 = Pattern.compile("(?:(?:0|[1-9][0-9]{0,2})\\.){3}(?:0|[1-9][0-9]{0,2})");

    private static final String FORM =
            "must be an absolute https URL in ASCII with a host, and without user information or fragment, of at most "
                    + MAX_LENGTH + " characters";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    TargetUrl {
        var uri = parsed(value);
        var scheme = uri.getScheme();
        if (value.length() > MAX_LENGTH
                || !value.chars().allMatch(c -> c > ' ' && c < 0x7F)
                || scheme == null
                || !(scheme.equalsIgnoreCase("https") || scheme.equalsIgnoreCase("http"))
                || uri.getHost() == null
                || !isPlain(uri.getHost())
                || uri.getRawUserInfo() != null
                || uri.getRawFragment() != null
                || uri.getPort() == 0
                || uri.getPort() > 65_535) {
            throw new InvalidValue(FORM);
        }
    }

    /** A name, or an address in the one form in which everybody reads it alike: no octal, no hexadecimal, no zone. */
    private static boolean isPlain(String host) {
        if (host.startsWith("[")) {
            return host.indexOf('%') < 0;
        }
        return !NUMBER_AT_THE_END.matcher(host).find() || IPV4.matcher(host).matches();
    }

    private static URI parsed(String value) {
        try {
            return new URI(value);
        } catch (URISyntaxException _) {
            throw new InvalidValue(FORM);
        }
    }

    URI uri() {
        return parsed(value);
    }

    boolean isSecure() {
        return "https".equals(uri().getScheme().toLowerCase(Locale.ROOT));
    }

    int port() {
        int port = uri().getPort();
        return port >= 0 ? port : isSecure() ? 443 : 80;
    }

    String host() {
        return uri().getHost();
    }

    @Override
    public String toString() {
        return value;
    }
}
