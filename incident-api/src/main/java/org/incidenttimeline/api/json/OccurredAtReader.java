package org.incidenttimeline.api.json;

import java.time.OffsetDateTime;
import java.util.Optional;
import org.incidenttimeline.core.event.InvalidValue;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Precision;
import org.incidenttimeline.core.event.Text;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/** Reads a claim of when something happened: a time with its offset, or an object that says more. */
final class OccurredAtReader extends StdDeserializer<OccurredAt> {
    OccurredAtReader() {
        super(OccurredAt.class);
    }

    @Override
    public @Nullable OccurredAt deserialize(JsonParser parser, DeserializationContext context) {
        try {
            if (parser.hasToken(JsonToken.VALUE_STRING)) {
                return new Claim(
                                Optional.of(Times.time(parser.getString())),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty())
                        .toOccurredAt();
            }
            if (parser.hasToken(JsonToken.START_OBJECT)) {
                return context.readValue(parser, Claim.class).toOccurredAt();
            }
        } catch (InvalidValue e) {
            return (OccurredAt) context.handleInstantiationProblem(OccurredAt.class, null, e);
        }
        return (OccurredAt) context.handleUnexpectedToken(OccurredAt.class, parser);
    }

    /** A claim in full. Without a precision, a time is meant to the minute, and a time with an end as an interval. */
    record Claim(
            Optional<OffsetDateTime> at,
            Optional<Precision> precision,
            Optional<OffsetDateTime> until,
            Optional<Text> original) {
        OccurredAt toOccurredAt() {
            var meant = precision.orElseGet(() -> {
                if (at.isEmpty()) {
                    throw new InvalidValue("must have at, or the precision UNKNOWN");
                }
                return until.isPresent() ? Precision.INTERVAL : Precision.MINUTE;
            });
            return new OccurredAt(
                    at.map(OffsetDateTime::toInstant),
                    meant,
                    until.map(OffsetDateTime::toInstant),
                    at.map(OffsetDateTime::getOffset),
                    original);
        }
    }
}
