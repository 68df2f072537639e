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

    /** API keys that are neither expired nor revoked. */
    public static final int API_KEYS = 1_000;

    /** Services that one API key may be confined to. */
    public static final int SERVICES_OF_A_KEY = 100;

    /** How long a secret stays good after its rotation at most. */
    public static final Duration ROTATION_OVERLAP = Duration.ofDays(7);

    /** For how long a node may believe what it knows of an API key: a revoked one is dead everywhere after that. */
    public static final Duration KEY_BELIEVED = Duration.ofSeconds(5);

    /** Requests a minute of one credential to one node, where {@code incident.rate-limit.requests} does not say. */
    public static final int REQUESTS_A_MINUTE = 6_000;

    /** Failed authentications a minute from one address; further ones are answered 429. */
    public static final int FAILED_AUTHENTICATIONS_A_MINUTE = 60;

    /** Refused requests a minute of one credential or address that are kept one by one. */
    public static final int DENIALS_A_MINUTE = 10;

    /** Refused requests on one page. */
    public static final int DENIALS_ON_A_PAGE = 200;

    private Limits() {}
}
