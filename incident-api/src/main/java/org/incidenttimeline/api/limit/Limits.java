package org.incidenttimeline.api.limit;

import java.time.Duration;
import org.incidenttimeline.core.command.CommandBatch;

/** What one request may ask for at most. Change a number here and in docs/api/README.md; a test compares them. */
public final class Limits {
    /** Bytes of a request's body, counted as they arrive, whatever the headers promise. */
    public static final int BODY_BYTES = 256 * 1024;

    /** How deep JSON objects and arrays may nest. */
    public static final int JSON_DEPTH = 32;

    /** Characters of one JSON string; most fields allow far fewer. */
    public static final int JSON_STRING_LENGTH = 64 * 1024;

    /** Characters of one JSON number. */
    public static final int JSON_NUMBER_LENGTH = 32;

    /** Characters of the name of a JSON field. */
    public static final int JSON_NAME_LENGTH = 128;

    /** JSON tokens of one body. */
    public static final int JSON_TOKENS = 10_000;

    /** Wrong fields told at once. */
    public static final int FIELD_ERRORS = 20;

    /** Visible ASCII characters of a correlation or causation id. */
    public static final int TRACE_ID_LENGTH = 128;

    /** Visible ASCII characters of an idempotency key. */
    public static final int KEY_LENGTH = 128;

    /** How long a key is known at least. */
    public static final Duration KEY_LIFE = Duration.ofDays(7);

    /** Commands in one request. */
    public static final int BATCH_COMMANDS = CommandBatch.MOST_COMMANDS;

    /** How long a read may wait for a view to catch up ({@code Prefer: wait}). */
    public static final Duration WAIT = Duration.ofSeconds(30);

    /** How long it waits where the caller does not say. */
    public static final Duration DEFAULT_WAIT = Duration.ofSeconds(2);

    private Limits() {}
}
