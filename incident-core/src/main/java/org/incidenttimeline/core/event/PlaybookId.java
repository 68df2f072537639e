package org.incidenttimeline.core.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** The name of a playbook in URLs and in the log: 1 to 64 letters, digits and hyphens, a letter or digit first. */
public record PlaybookId(@JsonValue String value) {
    private static final String STREAM = "playbook:";
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,63}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public PlaybookId {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValue("must be 1 to 64 letters, digits or hyphens, beginning with a letter or digit");
        }
    }

    /**
     * Whose stream it is.
     *
     * @throws InvalidValue if it is the stream of something else
     */
    public static PlaybookId ofStream(String streamId) {
        if (!streamId.startsWith(STREAM)) {
            throw new InvalidValue("must begin with " + STREAM);
        }
        return new PlaybookId(streamId.substring(STREAM.length()));
    }

    /** Its stream in the log; the colon keeps it apart from an incident of the same name. */
    public String streamId() {
        return STREAM + value;
    }

    @Override
    public String toString() {
        return value;
    }
}
