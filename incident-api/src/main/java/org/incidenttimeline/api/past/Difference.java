package org.incidenttimeline.api.past;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * What differs between two answers, place by place. A place is written like a JSON Pointer (RFC 6901), but the element of
 * a list goes by its number, its identifier or its name where all elements have one: an entry that is told later and
 * happened earlier would else seem to change all behind it. That elements only changed their order is no difference.
 */
public final class Difference {
    /** What elements of lists are called by, the first that all of them have; behind these, what ends in Id. */
    private static final List<String> NAMES = List.of("number", "name", "role", "entry", "audience");

    private final List<Change> changes = new ArrayList<>();

    private Difference() {}

    /** What became of one place. */
    public enum Kind {
        ADDED,
        REMOVED,
        CHANGED
    }

    /**
     * A place at which the answers differ.
     *
     * @param before what stood there; empty where it was added
     * @param after what stands there; empty where it was removed
     */
    public record Change(String path, Kind kind, Optional<JsonNode> before, Optional<JsonNode> after) {}

    /** All places at which they differ, in the order of the later one; none where they say the same. */
    public static List<Change> between(JsonNode before, JsonNode after) {
        var difference = new Difference();
        difference.compare("", before, after);
        return List.copyOf(difference.changes);
    }

    private void compare(String path, JsonNode before, JsonNode after) {
        if (before.equals(after)) {
            return;
        }
        if (before.isObject() && after.isObject()) {
            compare(path, fields(before), fields(after));
        } else if (before.isArray() && after.isArray()) {
            var name = nameOf(before, after);
            compare(path, elements(before, name), elements(after, name));
        } else {
            changes.add(new Change(path, Kind.CHANGED, Optional.of(before), Optional.of(after)));
        }
    }

    private void compare(String path, Map<String, JsonNode> before, Map<String, JsonNode> after) {
        var all = new LinkedHashSet<>(after.keySet());
        all.addAll(before.keySet());
        for (String name : all) {
            String place = path + "/" + name.replace("~", "~0").replace("/", "~1");
            var was = Optional.ofNullable(before.get(name));
            var is = Optional.ofNullable(after.get(name));
            if (was.isPresent() && is.isPresent()) {
                compare(place, was.get(), is.get());
            } else {
                changes.add(new Change(place, is.isPresent() ? Kind.ADDED : Kind.REMOVED, was, is));
            }
        }
    }

    private static Map<String, JsonNode> fields(JsonNode object) {
        var fields = new LinkedHashMap<String, JsonNode>();
        object.forEachEntry(fields::put);
        return fields;
    }

    private static Map<String, JsonNode> elements(JsonNode array, Optional<String> name) {
        var elements = new LinkedHashMap<String, JsonNode>();
        IntStream.range(0, array.size())
                .forEach(i -> elements.put(
                        name.map(field -> array.get(i).path(field).asString()).orElse(String.valueOf(i)),
                        array.get(i)));
        return elements;
    }

    private static Optional<String> nameOf(JsonNode before, JsonNode after) {
        return Stream.concat(NAMES.stream(), identifiers(before, after).stream())
                .filter(field -> tellsApart(field, before) && tellsApart(field, after))
                .findFirst();
    }

    private static Set<String> identifiers(JsonNode before, JsonNode after) {
        return Stream.of(before, after)
                .filter(array -> !array.isEmpty())
                .flatMap(array -> fields(array.get(0)).keySet().stream())
                .filter(field -> field.endsWith("Id"))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static boolean tellsApart(String field, JsonNode array) {
        var names = StreamSupport.stream(array.spliterator(), false)
                .map(element -> element.path(field))
                .toList();
        return names.stream().allMatch(name -> name.isString() || name.isNumber())
                && names.stream().map(JsonNode::asString).distinct().count() == names.size();
    }
}
