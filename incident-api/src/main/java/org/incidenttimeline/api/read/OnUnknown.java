package org.incidenttimeline.api.read;

import java.util.Arrays;
import java.util.Locale;
import org.incidenttimeline.core.event.InvalidValue;
import org.springframework.core.convert.converter.Converter;
import org.springframework.stereotype.Component;

/** What a freeze check answers when nobody can tell whether changes are frozen. */
enum OnUnknown {
    /** The change may be made. */
    OPEN,
    /** The change must not be made. */
    CLOSED;

    /** Scripts write it small. */
    @Component
    static class FromWord implements Converter<String, OnUnknown> {
        @Override
        public OnUnknown convert(String word) {
            return Arrays.stream(values())
                    .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(word))
                    .findFirst()
                    .orElseThrow(() -> new InvalidValue("must be open or closed"));
        }
    }
}
