package org.incidenttimeline.api.json;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** One text for all bodies that say the same: without white space between the parts, and with the fields in one order. */
public final class CanonicalBody {
    private static final JsonMapper JSON = StrictJson.mapper()
            .rebuild()
            .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
            .build();

    private CanonicalBody() {}

    /** That text in UTF-8; a body that is no JSON stands for itself. */
    public static byte[] of(byte[] body) {
        try {
            return JSON.writeValueAsString(JSON.readTree(body)).getBytes(StandardCharsets.UTF_8);
        } catch (JacksonException _) {
            return body.clone();
        }
    }
}
