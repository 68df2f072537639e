package org.incidenttimeline.core.axon;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The names under which events are stored. A class may be moved or renamed; its name in the log never changes, and a
 * change of its shape is a new revision.
 */
public final class EventTypes {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)+");

    private final List<Entry> entries;
    private final Map<Class<?>, Entry> byType = new HashMap<>();
    private final Map<String, Entry> byName = new HashMap<>();

    /**
     * A class and the name and revision that it is written as.
     *
     * @param name lower-case words with dots and hyphens, like {@code incident.changes-frozen}
     * @param revision shape of the class as it is now, counted from 1
     */
    public record Entry(Class<?> type, String name, int revision) {
        public Entry {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("not a name for a stored event: " + name);
            }
            if (revision < 1) {
                throw new IllegalArgumentException("revision of " + name + " counts from 1, not " + revision);
            }
        }
    }

    /**
     * The types in that list.
     *
     * @throws IllegalArgumentException if a class or a name stands in it twice
     */
    public EventTypes(List<Entry> entries) {
        this.entries = List.copyOf(entries);
        for (Entry entry : this.entries) {
            if (byType.put(entry.type(), entry) != null) {
                throw new IllegalArgumentException(entry.type() + " has two names");
            }
            if (byName.put(entry.name(), entry) != null) {
                throw new IllegalArgumentException(entry.name() + " names two classes");
            }
        }
    }

    /** In the order in which they were given. */
    public List<Entry> entries() {
        return entries;
    }

    /** How events of that very class are stored, if they may be. */
    public Optional<Entry> of(Class<?> type) {
        return Optional.ofNullable(byType.get(type));
    }

    /** What is stored under that name, if anything. */
    public Optional<Entry> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
