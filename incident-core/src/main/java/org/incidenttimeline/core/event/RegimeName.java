package org.incidenttimeline.core.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** What a body of rules that asks for reports is called in its template, for instance {@code NIS2}: 1 to 64 letters, digits and hyphens, a letter or digit first. */
public record RegimeName(@JsonValue String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,63}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RegimeName {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValue("must be 1 to 64 letters, digits or hyphens, beginning with a letter or digit");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
