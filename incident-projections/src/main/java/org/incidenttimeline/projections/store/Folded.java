package org.incidenttimeline.projections.store;

/** Names in the form in which they are compared where case does not matter. */
final class Folded {
    private Folded() {}

    /** One case for all names that {@link String#equalsIgnoreCase} holds equal. */
    static String of(String name) {
        var folded = new StringBuilder(name.length());
        name.chars().forEach(c -> folded.append(Character.toLowerCase(Character.toUpperCase((char) c))));
        return folded.toString();
    }
}
