package org.incidenttimeline.api.throughput;

/** Something that makes a note durable, on a database of its own. */
interface Subject extends AutoCloseable {

    /** Makes one note durable, as that caller. A caller has one note on its way at a time. */
    void write(int caller) throws Exception;

    /** What the subject has to start before it is measured, and must not run while another one is. */
    default void resume() {}

    /** Stops it again. */
    default void pause() {}

    @Override
    void close();
}
