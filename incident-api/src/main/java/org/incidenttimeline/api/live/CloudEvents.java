package org.incidenttimeline.api.live;

import java.io.StringWriter;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.incidenttimeline.core.event.Mode;
import org.incidenttimeline.core.log.StoredEvent;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Events of the log as CloudEvents 1.0 in structured JSON. Their data is what the log holds, in the shape that the type
 * names with its revision; an auditor and a subscriber read the same.
 */
@Component
public class CloudEvents {
    /** The media type of one event. */
    public static final String MEDIA_TYPE = "application/cloudevents+json";

    private static final String TYPE_PREFIX = "org.incidenttimeline.";
    private static final TypeReference<Map<String, String>> STRINGS = new TypeReference<>() {};

    private final JsonMapper json = JsonMapper.builder().build();
    private final URI source;

    /** @param source names this installation in every event ({@code incident.events.source}) */
    CloudEvents(@Value("${incident.events.source:/api/v1}") URI source) {
        this.source = source;
    }

    /** For instance {@code org.incidenttimeline.incident.severity-changed.v1}. */
    public static String typeOf(StoredEvent event) {
        return type(event.name() + ".v" + event.revision());
    }

    /** The type of that name, for instance {@code org.incidenttimeline.webhook.test.v1}. */
    public static String type(String name) {
        return TYPE_PREFIX + name;
    }

    /** For instance {@code severity-changed}; an event of anything but an incident keeps its full name. */
    public static String kindOf(StoredEvent event) {
        return LiveEvent.isOfIncident(event)
                ? event.name().substring(LiveEvent.NAMES_OF_INCIDENTS.length())
                : event.name();
    }

    /** The event, whole. */
    public String of(StoredEvent event, Optional<Mode> mode) {
        return write(event, mode, true);
    }

    /** The event without its data, and with the address where it can be had ({@code dataref}). */
    public String referenceTo(StoredEvent event, Optional<Mode> mode) {
        return write(event, mode, false);
    }

    /** An event of our own that no log holds, as a test of a subscription. */
    public String unrecorded(String id, String name, String time, Map<String, ?> data) {
        var written = new StringWriter();
        try (var out = json.createGenerator(written)) {
            out.writeStartObject();
            attributes(out, id, type(name), time);
            out.writeStringProperty("datacontenttype", "application/json");
            out.writePOJOProperty("data", data);
            out.writeEndObject();
        }
        return written.toString();
    }

    private String write(StoredEvent event, Optional<Mode> mode, boolean withData) {
        var metadata = json.readValue(event.metadata(), STRINGS);
        var written = new StringWriter(event.payload().length() + 600);
        try (var out = json.createGenerator(written)) {
            out.writeStartObject();
            attributes(
                    out,
                    event.eventId().toString(),
                    typeOf(event),
                    event.recordedAt().toString());
            out.writeStringProperty("subject", event.streamId());
            // A string, since an integer of a CloudEvent ends at 2^31 - 1.
            out.writeStringProperty("position", Long.toString(event.position()));
            out.writeNumberProperty("version", event.sequence() + 1);
            extension(out, "actor", metadata.get("actor"));
            extension(out, "actorkind", metadata.get("actorKind"));
            extension(out, "onbehalfof", metadata.get("onBehalfOf"));
            extension(out, "correlationid", metadata.get("correlationId"));
            extension(out, "causationid", metadata.get("causationId"));
            mode.ifPresent(m -> extension(out, "mode", m.name()));
            out.writeStringProperty("datacontenttype", "application/json");
            if (withData) {
                out.writeName("data");
                out.writeRawValue(event.payload());
            } else {
                out.writeStringProperty("dataref", "/api/v1/events?limit=1&from=" + (event.position() - 1));
            }
            out.writeEndObject();
        }
        return written.toString();
    }

    private void attributes(JsonGenerator out, String id, String type, String time) {
        out.writeStringProperty("specversion", "1.0");
        out.writeStringProperty("id", id);
        out.writeStringProperty("source", source.toString());
        out.writeStringProperty("type", type);
        out.writeStringProperty("time", time);
    }

    private static void extension(JsonGenerator out, String name, @Nullable String value) {
        if (value != null) {
            out.writeStringProperty(name, value);
        }
    }
}
