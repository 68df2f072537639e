package org.incidenttimeline.core.event;

/**
 * Words or a name that a person wrote. In REST it is a plain string; in the log it is an object, {@code {"text":"…"}},
 * so that the words can be sealed beside the log and later removed without changing what the log says of the rest.
 */
public sealed interface Sealable permits Text, Title, Person, Reference, Location {
    String value();
}
