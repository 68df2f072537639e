package org.incidenttimeline.core.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The name of a service as deployments use it. {@code *} in a freeze's scope means every service. */
public record ServiceName(@JsonValue String value) {
    public static final int MAX_LENGTH = 100;

    public static final ServiceName ANY = new ServiceName("*");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ServiceName {
        value = Characters.line(value, MAX_LENGTH);
    }

    /** Whether a freeze that names this covers the other: the same name whatever its case, or any. */
    public boolean covers(ServiceName other) {
        return equals(ANY) || value.equalsIgnoreCase(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
