package org.incidenttimeline.api.inbound;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;
import org.incidenttimeline.core.event.InvalidValue;

/** The name of a source in the address that it delivers to: 1 to 64 letters, digits and hyphens, a letter or digit first. */
record SourceId(@JsonValue String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,63}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public SourceId {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValue("must be 1 to 64 letters, digits or hyphens, beginning with a letter or digit");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
