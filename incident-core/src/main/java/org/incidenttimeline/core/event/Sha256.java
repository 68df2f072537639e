package org.incidenttimeline.core.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** A SHA-256 digest (FIPS 180-4) of a piece of evidence, 64 lower-case hexadecimal digits. */
public record Sha256(@JsonValue String value) {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Sha256 {
        if (!HEX.matcher(value).matches()) {
            throw new InvalidValue("must be 64 lower-case hexadecimal digits");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
