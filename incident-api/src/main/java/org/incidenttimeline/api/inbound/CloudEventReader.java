package org.incidenttimeline.api.inbound;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.incidenttimeline.api.inbound.CloudEvent.Attributes;
import org.incidenttimeline.api.inbound.CloudEvent.Data;
import org.incidenttimeline.api.json.BodyReader;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.problem.Problem.FieldError;
import org.incidenttimeline.api.problem.ProblemCode;
import org.springframework.http.MediaType;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.JsonNode;

/**
 * Reads the CloudEvents of a delivery, in any of the modes of the HTTP binding 1.0.2: one event as JSON, a batch as JSON,
 * or the attributes in headers and the data as the body. The attributes are few and the limits and problems of reading
 * JSON are ours, so no library stands between.
 */
final class CloudEventReader {
    private static final MediaType STRUCTURED = MediaType.valueOf("application/cloudevents+json");
    private static final MediaType BATCH = MediaType.valueOf("application/cloudevents-batch+json");
    private static final Map<String, Class<? extends Data>> TYPES = new TreeMap<>(Map.of(
            "org.incidenttimeline.declare", CloudEvent.Declare.class,
            "org.incidenttimeline.symptom", CloudEvent.Symptom.class,
            "org.incidenttimeline.change", CloudEvent.Change.class,
            "org.incidenttimeline.note", CloudEvent.Note.class));

    private CloudEventReader() {}

    /** An event with the data still unread. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Structured(
            String specversion,
            String id,
            String source,
            String type,
            Optional<OffsetDateTime> time,
            Optional<JsonNode> data,
            @JsonProperty("data_base64") Optional<String> dataBase64) {}

    static List<CloudEvent> read(Delivery delivery, MediaType type) {
        if (type.equalsTypeAndSubtype(BATCH)) {
            var events = BodyReader.read(Structured[].class, delivery.body());
            if (events.length > Limits.CLOUD_EVENTS) {
                throw wrong("", "must hold at most " + Limits.CLOUD_EVENTS + " events");
            }
            return IntStream.range(0, events.length)
                    .mapToObj(i -> structured(events[i], "/" + i))
                    .toList();
        }
        if (type.equalsTypeAndSubtype(STRUCTURED)) {
            return List.of(structured(BodyReader.read(Structured.class, delivery.body()), ""));
        }
        return List.of(binary(delivery));
    }

    private static CloudEvent structured(Structured event, String at) {
        if (event.dataBase64().isPresent()) {
            throw wrong(at + "/data_base64", "must not be there; send data as JSON");
        }
        var attributes = new Attributes(event.specversion(), event.id(), event.source(), event.type(), event.time());
        var data = event.data()
                .filter(node -> !node.isMissingNode() && !node.isNull())
                .orElseThrow(() -> wrong(at + "/data", "is required: must be an object"));
        return event(attributes, data.toString(), at, at + "/data");
    }

    private static CloudEvent binary(Delivery delivery) {
        var time = delivery.header("ce-time").map(CloudEventReader::decoded);
        var attributes = new Attributes(
                attribute(delivery, "specversion"),
                attribute(delivery, "id"),
                attribute(delivery, "source"),
                attribute(delivery, "type"),
                time.map(words -> ForeignTime.read(words, "/time")));
        return event(attributes, BodyReader.utf8(delivery.body()), "", "");
    }

    private static CloudEvent event(Attributes attributes, String data, String at, String dataAt) {
        if (!attributes.specversion().equals("1.0")) {
            throw wrong(at + "/specversion", "must be 1.0");
        }
        if (attributes.id().isEmpty()) {
            throw wrong(at + "/id", "must not be empty");
        }
        if (attributes.source().isEmpty()) {
            throw wrong(at + "/source", "must not be empty");
        }
        var type = TYPES.get(attributes.type());
        if (type == null) {
            throw wrong(at + "/type", "must be one of " + String.join(", ", TYPES.keySet()));
        }
        return new CloudEvent(attributes, BodyReader.read(type, data, dataAt));
    }

    private static String attribute(Delivery delivery, String name) {
        return decoded(delivery.required("ce-" + name));
    }

    /** Undoes the percent-encoding of the binding, and the quotes that senders of before 1.0.2 may put around a value. */
    private static String decoded(String value) {
        String plain = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1")
                : value;
        try {
            return UriUtils.decode(plain, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw ProblemCode.INVALID_HEADER.because(
                    "A header that begins with ce- must be percent-encoded UTF-8 where it holds %.");
        }
    }

    private static RuntimeException wrong(String pointer, String detail) {
        return ProblemCode.INVALID_REQUEST.because(
                "Fields of the request are missing, unknown or wrong.", List.of(new FieldError(pointer, detail)));
    }
}
