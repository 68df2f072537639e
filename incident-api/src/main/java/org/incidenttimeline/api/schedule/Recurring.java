package org.incidenttimeline.api.schedule;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * A piece of work that is done again and again, by one node at a time. A bean of this type is enough to have it done.
 *
 * <p>The work runs in no transaction and under no lock. It may be cut off anywhere and done once more, also by another node
 * at the same time when this one was taken for dead, so it must do no harm twice. A run that throws is logged, and the next
 * one comes at its time.
 *
 * @param name what the work is called wherever it is written down, such as {@code record-missed-deadlines}; for ever
 * @param pause from the end of one run to the beginning of the next
 */
public record Recurring(String name, Duration pause, Runnable work) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z-]{0,99}");

    public Recurring {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a name of recurring work: " + name);
        }
        if (!pause.isPositive()) {
            throw new IllegalArgumentException("the pause of " + name + " must be longer than nothing: " + pause);
        }
    }
}
