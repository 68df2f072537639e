package org.incidenttimeline.api.webhook;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;
import org.incidenttimeline.core.event.InvalidValue;

/** The name of a subscription: a UUID in lower case. Public, since Spring makes it of what stands in a path. */
public record WebhookId(@JsonValue String value) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public WebhookId {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValue("must be a UUID");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
