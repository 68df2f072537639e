package org.incidenttimeline.api.limit;

import java.time.Duration;

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

    /** How long a read may wait for a view to catch up ({@code Prefer: wait}). */
    public static final Duration WAIT = Duration.ofSeconds(30);

    /** How long it waits where the caller does not say. */
    public static final Duration DEFAULT_WAIT = Duration.ofSeconds(2);

    /** Events in one page of the log. */
    public static final int EVENTS_PER_PAGE = 500;

    /** Events in a page where the caller does not say. */
    public static final int DEFAULT_EVENTS_PER_PAGE = 100;

    /** Events that are looked at for one page, however few of them are asked for. */
    public static final int EVENTS_LOOKED_AT = 5_000;

    /** Open streams of events on one node, unless it is configured otherwise. */
    public static final int STREAMS_PER_NODE = 2_000;

    /** Open streams of one credential on one node, unless it is configured otherwise. */
    public static final int STREAMS_PER_CREDENTIAL = 50;

    /** How long a stream lasts; who may listen is then asked anew, when its listener comes back. */
    public static final Duration STREAM_LIFETIME = Duration.ofHours(1);

    /** How long the listener of a stream that ended is to wait before it comes back. */
    public static final Duration STREAM_RETRY = Duration.ofSeconds(2);

    /** Subscriptions in all. */
    public static final int WEBHOOKS = 100;

    /** Kinds or services that a subscription may name. */
    public static final int WEBHOOK_FILTER_VALUES = 100;

    /** Bytes of an event that is sent whole; of a longer one a reference is sent. */
    public static final int WEBHOOK_BODY_BYTES = 20 * 1024;

    /** Attempts in a row that failed, and for how long, before a subscription is paused. */
    public static final int WEBHOOK_FAILURES = 100;

    public static final Duration WEBHOOK_FAILING = Duration.ofHours(24);

    /** How long a secret that was replaced may sign too. */
    public static final Duration WEBHOOK_SECRET_OVERLAP = Duration.ofDays(7);

    /** The same, where the caller does not say. */
    public static final Duration DEFAULT_WEBHOOK_SECRET_OVERLAP = Duration.ofHours(24);

    /** How long attempts are kept, and how many of one subscription. */
    public static final Duration WEBHOOK_ATTEMPTS_KEPT_FOR = Duration.ofDays(30);

    public static final int WEBHOOK_ATTEMPTS_KEPT = 10_000;

    /** How often those beyond that are forgotten. */
    public static final Duration WEBHOOK_ATTEMPTS_FORGOTTEN_EVERY = Duration.ofHours(1);

    /** Attempts in one page. */
    public static final int WEBHOOK_ATTEMPTS_PER_PAGE = 200;

    /** Attempts in a page where the caller does not say. */
    public static final int DEFAULT_WEBHOOK_ATTEMPTS_PER_PAGE = 50;

    private Limits() {}
}
