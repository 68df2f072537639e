package org.incidenttimeline.core.incident;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.event.*;

/**
 * A sample of each event with everything in it that there can be, and another one, called bare, without what may be
 * absent. They are made from the records themselves, so a new event has its samples at once, always the same.
 */
public final class EventSamples {
    private EventSamples() {}

    public static List<DomainEvent> all() {
        var samples = new ArrayList<DomainEvent>();
        for (var type : types()) {
            var full = (DomainEvent) record(type, true);
            samples.add(full);
            var bare = (DomainEvent) record(type, false);
            if (!bare.equals(full)) {
                samples.add(bare);
            }
        }
        return samples;
    }

    public static boolean isBare(DomainEvent sample) {
        return !sample.equals(record(sample.getClass(), true));
    }

    /** Every event there can be. */
    public static List<Class<?>> types() {
        return Arrays.stream(DomainEvent.class.getPermittedSubclasses())
                .flatMap(kind -> Arrays.<Class<?>>stream(kind.getPermittedSubclasses()))
                .toList();
    }

    private static Object record(Class<?> type, boolean full) {
        try {
            var components = type.getRecordComponents();
            var values = new Object[components.length];
            for (int i = 0; i < components.length; i++) {
                values[i] = value(components[i], full);
            }
            var constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName(), e);
        }
    }

    private static Object value(RecordComponent component, boolean full) {
        return value(component.getGenericType(), component.getName(), full);
    }

    private static Object value(Type type, String name, boolean full) {
        if (type instanceof ParameterizedType generic) {
            var inner = generic.getActualTypeArguments()[0];
            if (generic.getRawType() == Optional.class) {
                return full ? Optional.of(value(inner, name, true)) : Optional.empty();
            }
            boolean needed = inner == Audience.class || inner == RecoveryCheck.class;
            return full || needed ? List.of(value(inner, name, full)) : List.of();
        }
        var kind = (Class<?>) type;
        if (kind == OccurredAt.class) {
            return full
                    ? new OccurredAt(
                            Optional.of(Instant.parse("2026-03-02T14:00:00.000001Z")),
                            Precision.INTERVAL,
                            Optional.of(Instant.parse("2026-03-02T14:10:00Z")),
                            Optional.of(ZoneOffset.ofHours(1)),
                            Optional.of(new Text("shortly after three")))
                    : OccurredAt.at(Instant.parse("2026-03-02T14:00:00Z"));
        }
        if (kind == Scope.class) {
            return new Scope(List.of(new ServiceName("checkout")), List.of(Environment.ANY));
        }
        if (kind.isEnum()) {
            return kind.getEnumConstants()[full ? 0 : kind.getEnumConstants().length - 1];
        }
        if (ItemId.class.isAssignableFrom(kind)) {
            return item(kind, full ? 2 : 1);
        }
        if (kind == IncidentId.class) {
            return new IncidentId(name.equals("incidentId") ? "checkout-down" : "payments-down");
        }
        if (kind == Text.class) {
            return new Text(full ? name + ": \"quoted\" & <b>bold</b>,\nline two, naïve 日本語 \u202e🚒" : name);
        }
        if (kind == Location.class) {
            return new Location("s3://evidence/2026/heap.hprof");
        }
        if (kind == FieldPath.class) {
            return new FieldPath("/text");
        }
        if (kind == Sha256.class) {
            return new Sha256("0123456789abcdef".repeat(4));
        }
        if (kind == Instant.class) {
            return Instant.parse("2026-03-02T15:00:00Z");
        }
        if (kind == LocalDate.class) {
            return LocalDate.parse("2026-04-01");
        }
        if (kind == Duration.class) {
            return Duration.ofMinutes(30);
        }
        if (kind == int.class) {
            return full ? 2 : 1;
        }
        if (kind == RunbookId.class) {
            return new RunbookId("replication-lag");
        }
        if (kind == RegimeName.class) {
            return new RegimeName("NIS2");
        }
        if (kind == StageName.class) {
            return new StageName("early-warning");
        }
        if (kind == ClassificationName.class) {
            return new ClassificationName("significant");
        }
        if (kind == PlaybookId.class) {
            return new PlaybookId("database-outage");
        }
        if (kind == long.class || kind == Long.class) {
            return 3L;
        }
        if (kind == boolean.class) {
            return full;
        }
        if (kind.isRecord()) {
            return kind.getRecordComponents().length == 1 ? named(kind, name) : record(kind, full);
        }
        throw new IllegalStateException("no sample of " + kind);
    }

    private static Object item(Class<?> kind, int number) {
        try {
            return kind.getMethod("number", int.class).invoke(null, number);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(kind.getName(), e);
        }
    }

    private static Object named(Class<?> kind, String name) {
        try {
            return kind.getDeclaredConstructor(String.class).newInstance("the " + name);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(kind.getName(), e);
        }
    }
}
