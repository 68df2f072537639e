package org.incidenttimeline.projections.story;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.event.*;

/**
 * A sample of any event, every optional field filled and every field that a person writes holding the same words. A field
 * whose type refuses the words given holds others instead.
 */
public final class Samples {
    private static final Instant AT = Instant.parse("2017-01-31T19:00:00Z");

    private final String words;
    private final String refusedIf;

    private Samples(String words, String refusedIf) {
        this.words = words;
        this.refusedIf = refusedIf;
    }

    /** A sample of every event, the declaration first, with these words in every field that takes them. */
    public static List<IncidentEvent> ofEveryEvent(String words) {
        return ofEveryEvent(words, words);
    }

    /** The same, but the words are left out where others would be refused. */
    public static List<IncidentEvent> ofEveryEvent(String words, String refusedIf) {
        var samples = new Samples(words, refusedIf);
        return Arrays.stream(IncidentEvent.class.getPermittedSubclasses())
                .map(type -> (IncidentEvent) samples.record(type))
                .toList();
    }

    private Object record(Class<?> type) {
        try {
            var components = type.getRecordComponents();
            var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            var values = Arrays.stream(components)
                    .map(c -> value(c.getGenericType()))
                    .toArray();
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName(), e);
        }
    }

    private Object value(Type type) {
        if (type instanceof ParameterizedType p) {
            var inner = value(p.getActualTypeArguments()[0]);
            return p.getRawType() == Optional.class ? Optional.of(inner) : List.of(inner);
        }
        var c = (Class<?>) type;
        if (c == Text.class) {
            return written(c, words, refusedIf);
        } else if (c == Location.class) {
            return written(c, "https://host/" + words, "https://host/" + refusedIf);
        } else if (Sealable.class.isAssignableFrom(c)
                || c == ServiceName.class
                || c == Environment.class
                || c == PatternTag.class
                || c == DedupKey.class) {
            return written(c, words, refusedIf);
        } else if (ItemId.class.isAssignableFrom(c)) {
            return number(c);
        } else if (c == OccurredAt.class) {
            return new OccurredAt(
                    Optional.of(AT),
                    Precision.APPROXIMATE,
                    Optional.empty(),
                    Optional.of(ZoneOffset.UTC),
                    Optional.of((Text) value(Text.class)));
        } else if (c == Instant.class) {
            return AT;
        } else if (c == LocalDate.class) {
            return LocalDate.parse("2017-02-28");
        } else if (c == Duration.class) {
            return Duration.ofMinutes(30);
        } else if (c == IncidentId.class) {
            return new IncidentId("INC-1");
        } else if (c == RunbookId.class) {
            return new RunbookId("RB-1");
        } else if (c == PlaybookId.class) {
            return new PlaybookId("PB-1");
        } else if (c == RegimeName.class) {
            return new RegimeName("NIS2");
        } else if (c == StageName.class) {
            return new StageName("early-warning");
        } else if (c == ClassificationName.class) {
            return new ClassificationName("significant");
        } else if (c == int.class) {
            return 1;
        } else if (c == FieldPath.class) {
            return new FieldPath("/text");
        } else if (c == Sha256.class) {
            return new Sha256("a".repeat(64));
        } else if (c == boolean.class) {
            return true;
        } else if (c == long.class || c == Long.class) {
            return 1L;
        } else if (c.isEnum()) {
            return c.getEnumConstants()[0];
        }
        return record(c);
    }

    private static Object written(Class<?> type, String words, String refusedIf) {
        try {
            written(type, refusedIf);
            return written(type, words);
        } catch (ReflectiveOperationException e) {
            try {
                return written(type, "https://refused/");
            } catch (ReflectiveOperationException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    private static Object written(Class<?> type, String words) throws ReflectiveOperationException {
        return type.getDeclaredConstructor(String.class).newInstance(words);
    }

    private static Object number(Class<?> type) {
        try {
            return type.getMethod("number", int.class).invoke(null, 1);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName(), e);
        }
    }
}
