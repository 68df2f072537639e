package org.incidenttimeline.api.inbound;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import org.incidenttimeline.core.event.InvalidValue;

/** What a source proves itself with: 16 to 256 visible ASCII characters, as a header can carry them. */
record Secret(String value) {
    private static final Pattern FORM = Pattern.compile("[!-~]{16,256}");
    private static final Pattern SIGNING_TOKEN = Pattern.compile(Pattern.quote(Authenticity.SIGNING_TOKEN)
            + "(?:[A-Za-z0-9+/]{4}){5,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?");
    private static final int RANDOM_BYTES = 32;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Secret {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValue("must be 16 to 256 visible ASCII characters");
        }
        if (value.startsWith(Authenticity.SIGNING_TOKEN)
                && !SIGNING_TOKEN.matcher(value).matches()) {
            throw new InvalidValue("must have at least 16 bytes in base64 after " + Authenticity.SIGNING_TOKEN);
        }
    }

    /** A new one, in the form that the senders of this kind take. */
    static Secret random(SourceKind kind, SecureRandom random) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return new Secret(
                switch (kind) {
                    case GITLAB ->
                        Authenticity.SIGNING_TOKEN + Base64.getEncoder().encodeToString(bytes);
                    case ALERTMANAGER, GRAFANA, GITHUB, CLOUDEVENTS ->
                        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
                });
    }

    /** Nothing that is written somewhere may tell it. */
    @Override
    public String toString() {
        return "(secret)";
    }
}
