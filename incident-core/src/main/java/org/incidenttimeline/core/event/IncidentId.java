package org.incidenttimeline.core.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** The name of an incident in URLs and in the log: 1 to 64 letters, digits and hyphens, a letter or digit first. */
public record IncidentId(@JsonValue String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,63}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public IncidentId {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValue("must be 1 to 64 letters, digits or hyphens, beginning with a letter or digit");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
