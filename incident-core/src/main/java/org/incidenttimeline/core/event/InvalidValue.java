package org.incidenttimeline.core.event;

/** A value that cannot exist, refused where it would have been made. The message says what would be right. */
public final class InvalidValue extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public InvalidValue(String whatWouldBeRight) {
        super(whatWouldBeRight);
    }
}
