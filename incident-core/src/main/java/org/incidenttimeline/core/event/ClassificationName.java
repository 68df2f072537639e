package org.incidenttimeline.core.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** The regime's own word for how grave an incident is, for instance {@code significant}: 1 to 64 letters, digits and hyphens, a letter or digit first. */
public record ClassificationName(@JsonValue String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,63}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ClassificationName {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValue("must be 1 to 64 letters, digits or hyphens, beginning with a letter or digit");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
