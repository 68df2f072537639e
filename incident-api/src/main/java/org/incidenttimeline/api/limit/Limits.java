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

    /** Rebuilds of views that are remembered, and told at once. */
    public static final int REBUILDS_KEPT = 100;

    /** Rows told in which a view differs from what the log gives. */
    public static final int DIFFERENCES_TOLD = 100;

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

    /** Facts in the script of an exercise. */
    public static final int INJECTS = 200;

    /** How long after the start of an exercise a fact may be delivered. */
    public static final Duration INJECT_DELAY = Duration.ofDays(7);

    /** Entries of one part of a list. */
    public static final int PAGE = 500;

    /** Entries of one part where the caller does not say. */
    public static final int DEFAULT_PAGE = 100;

    /** Incidents whose events one answer about the past goes through. */
    public static final int REPLAYED = 1_000;

    /** Freezes that the answer to a freeze check tells of. */
    public static final int FREEZES_TOLD = 20;

    /** How long the freeze check may be behind the log before its answer counts as unknown. */
    public static final Duration FREEZE_LAG = Duration.ofSeconds(10);

    /** Bytes of a document from which on it is compressed for those who accept that. */
    public static final int COMPRESSED_BYTES = 2 * 1024;

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

    /** Deliveries a minute from one address that do not prove themselves; further ones are answered 429. */
    public static final int UNPROVEN_DELIVERIES_A_MINUTE = 60;

    /** Refused requests a minute of one credential or address that are kept one by one. */
    public static final int DENIALS_A_MINUTE = 10;

    /** Refused requests on one page. */
    public static final int DENIALS_ON_A_PAGE = 200;

    /** Reads of the log on one page. */
    public static final int LOG_ACCESSES_ON_A_PAGE = 200;

    /** Checkpoints on one page. */
    public static final int CHECKPOINTS_ON_A_PAGE = 500;

    /** How far the time that a sender signed may lie from our clock. */
    public static final Duration SIGNATURE_AGE = Duration.ofMinutes(5);

    /** Alerts of one notification that are told to an incident; the others are counted. */
    public static final int ALERTS = 100;

    /** Events of one batch of CloudEvents. */
    public static final int CLOUD_EVENTS = 100;

    /** Names that a source may map, of each kind. */
    public static final int SOURCE_MAPPINGS = 200;

    /** Deployments that one answer lists, the newest. */
    public static final int DEPLOYMENTS = 200;

    /** Deployments of before its beginning that an incident records by itself, the newest. */
    public static final int CHANGES_RECORDED = 20;

    /** How long it is remembered which incident a group of alerts was told to last. */
    public static final Duration ALERT_GROUPS_KEPT = Duration.ofDays(90);

    /** How long a deployment is kept after it was told of. */
    public static final Duration DEPLOYMENTS_KEPT = Duration.ofDays(7);

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

    /** How long a stream lasts; its listener then comes back, and is asked anew who they are and what they may. */
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

    /** Where files are imported; only there may a body be as large as that. */
    public static final String IMPORTS = "/api/v1/imports";

    /** Bytes of a file that is imported, counted as they arrive. It is never held in memory as a whole. */
    public static final int IMPORT_BYTES = 64 * 1024 * 1024;

    /** Bytes of one line of it: as many as the body of the command that the line becomes. */
    public static final int IMPORT_LINE_BYTES = BODY_BYTES;

    /** Lines of it; of a status page, its incidents and updates. */
    public static final int IMPORT_LINES = 100_000;

    /** JSON tokens of one incident of a status page. */
    public static final int IMPORT_INCIDENT_TOKENS = 100_000;

    /** Imports that are not finished, of everyone together. */
    public static final int UNFINISHED_IMPORTS = 20;

    /** How long the report of a finished import is kept. */
    public static final Duration IMPORT_REPORT_KEPT = Duration.ofDays(30);

    /** Incidents that a pack of evidence may be asked for by name. */
    public static final int NAMED_IN_A_PACK = 100;

    private Limits() {}
}
