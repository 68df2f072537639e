package org.incidenttimeline.core.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** What one report that a regime asks for is called in its template, for instance {@code early-warning}: 1 to 64 letters, digits and hyphens, a letter or digit first. */
public record StageName(@JsonValue String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,63}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public StageName {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValue("must be 1 to 64 letters, digits or hyphens, beginning with a letter or digit");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
