package org.incidenttimeline.api.live;

/** Tells when the log may have grown: at once for what this node appended, a moment later for what others did. */
@FunctionalInterface
public interface LogSignal {
    /** Has this run after the log grew, in a thread that it must not hold up. It may run once for many events. */
    void whenGrown(Runnable listener);
}
