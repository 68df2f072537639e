package org.incidenttimeline.core.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.net.URI;
import java.net.URISyntaxException;

/** Where a piece of evidence is kept: an absolute URI (RFC 3986) of 1 to {@value #MAX_LENGTH} characters. */
public record Location(@JsonValue String value) implements Sealable {
    public static final int MAX_LENGTH = 2_000;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Location {
        value = Characters.line(value, MAX_LENGTH);
        try {
            if (!new URI(value).isAbsolute()) {
                throw new InvalidValue("must be an absolute URI, for instance s3://bucket/key or https://host/path");
            }
        } catch (URISyntaxException e) {
            throw new InvalidValue("must be an absolute URI: " + e.getReason() + " at index " + e.getIndex());
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
