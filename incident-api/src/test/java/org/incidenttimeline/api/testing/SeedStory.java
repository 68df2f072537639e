package org.incidenttimeline.api.testing;

import java.time.Instant;

/**
 * The pattern that this project grew from: a deployment goes out, latency rises, alerts fire; the database is suspected
 * and cleared; logs show a change of the application's configuration; the release is rolled back, the recovery verified,
 * updates are published, one of them late; the review finds a weak release gate, a rollback nobody had rehearsed, and
 * updates that lagged.
 */
public final class SeedStory {
    /** When it is told: the evening of the day on which it happened. */
    public static final Instant TOLD_AT = Instant.parse("2026-03-02T18:00:00Z");

    public static final String ID = "checkout-latency";

    private final RunningService service;

    public SeedStory(RunningService service) {
        this.service = service;
    }

    /** Declares, freezes, gathers, suspects the database and clears it, finds the change, and begins to roll back. */
    public void untilTheRollbackBegins() {
        service.tell("/incidents", """
                {"incidentId": "checkout-latency", "occurredAt": "2026-03-02T14:00:00Z",
                 "title": "Checkout is slow and fails", "severity": "SEV2", "lead": "ana", "services": ["checkout"],
                 "detection": {"source": "ALERT", "at": "2026-03-02T13:55:00Z", "reference": "alert/latency-p99"},
                 "startedAt": "2026-03-02T13:42:00Z", "dedupKey": "alert/latency-p99",
                 "impact": {"broken": "One order in ten fails", "stillWorks": "Browsing and carts",
                            "affected": "Customers in Europe", "spread": "WIDESPREAD"}}
                """);
        tell("/roles", "14:01", """
                "role": "COMMUNICATIONS", "person": "ben"
                """);
        tell("/freezes", "14:02", """
                "scope": {"services": ["*"], "environments": ["production"]}, "reason": "One thing at a time",
                "expectedEnd": "2026-03-02T16:00:00Z"
                """);
        tell("/symptoms", "13:52", """
                "state": "FAILING", "text": "p99 latency of checkout rises from 300 ms to 9 s", "source": "METRIC",
                "service": "checkout"
                """);
        tell("/symptoms", "13:55", """
                "state": "FAILING", "text": "The alert on latency fires", "source": "ALERT", "service": "checkout"
                """);
        tell("/changes", "13:40", """
                "kind": "DEPLOY", "text": "Release 42 of checkout goes out", "service": "checkout",
                "environment": "production", "reference": "release-42"
                """);
        tell("/communication-plans", "14:03", """
                "audience": "LEADERSHIP", "owner": "ben", "channel": "#leadership", "cadence": "PT30M"
                """);
        tell("/updates", "14:05", """
                "audiences": ["LEADERSHIP", "CUSTOMERS"], "whatHappened": "Checkout is slow since 13:42 UTC",
                "userImpact": "One order in ten fails", "whatWeAreDoing": "Looking for the cause",
                "nextUpdateAt": "2026-03-02T14:35:00Z"
                """);
        tell("/evidence", "14:12", """
                "title": "Database load during the incident", "kind": "METRIC",
                "location": "https://metrics.example.org/d/db?from=1340", "collectedBy": "ana", "certainty": "FACT"
                """);
        tell("/hypotheses", "14:13", """
                "statement": "The database is saturated", "prediction": "Its CPU is above 90 %",
                "refutedBy": "Its CPU is as on any other day", "primary": true
                """);
        tell("/hypotheses/hypothesis-1/tests", "14:15", """
                "action": "Read the CPU of the primary", "expectation": "Above 90 %", "safeBecause": "It only reads",
                "undo": "Nothing to undo"
                """);
        tell("/tests/test-1/conclusion", "14:18", """
                "conclusion": "REFUTED", "observed": "The CPU is at 20 %, as on any other day", "evidence": ["evidence-1"]
                """);
        tell("/changes", "14:20", """
                "kind": "DEPLOY", "text": "Release 7 of search goes out", "service": "search",
                "environment": "production", "reference": "search-7"
                """);
        tell("/evidence", "14:25", """
                "title": "Log of checkout: pool exhausted, size 5", "kind": "LOG",
                "location": "https://logs.example.org/q/8812", "collectedBy": "ben", "certainty": "FACT",
                "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
                """);
        tell("/changes", "13:41", """
                "kind": "CONFIG", "text": "Release 42 sets the size of the connection pool from 50 to 5",
                "service": "checkout", "environment": "production", "reference": "release-42"
                """);
        tell("/hypotheses", "14:27", """
                "statement": "Release 42 starves checkout of connections", "prediction": "Threads wait for a connection",
                "refutedBy": "Connections are idle", "primary": true
                """);
        tell("/hypotheses/hypothesis-2/evidence", "14:28", """
                "evidenceId": "evidence-2", "bearing": "SUPPORTS", "because": "It says so in words"
                """);
        tell("/hypotheses/hypothesis-2/tests", "14:30", """
                "action": "Take a thread dump of one instance", "expectation": "Most threads wait for the pool",
                "safeBecause": "A dump pauses one of twelve instances for a second", "undo": "Nothing to undo",
                "risky": true, "approvedBy": "ana"
                """);
        tell("/tests/test-2/conclusion", "14:33", """
                "conclusion": "CONFIRMED", "observed": "190 of 200 threads wait for the pool", "evidence": ["evidence-2"]
                """);
        tell("/changes/change-3/link", "14:34", """
                "verdict": "CAUSED", "because": "The test confirmed it"
                """);
        tell("/mitigations", "14:40", """
                "kind": "ROLLBACK", "text": "Roll checkout back to release 41", "restsOn": "hypothesis-2",
                "undo": "Roll forward to release 42"
                """);
    }

    /** Rolls back, publishes late, verifies the recovery at the second attempt, and ends the freeze. */
    public void untilResolved() {
        tell("/updates", "14:50", """
                "audiences": ["LEADERSHIP", "CUSTOMERS"], "whatHappened": "A setting of release 42 slows checkout",
                "userImpact": "One order in ten fails", "whatWeAreDoing": "Rolling back",
                "nextUpdateAt": "2026-03-02T15:20:00Z"
                """);
        tell("/mitigations/mitigation-1/completion", "14:58", """
                "outcome": "EFFECTIVE", "observed": "p99 latency falls to 400 ms"
                """);
        tell("/recovery-checks", "15:00", """
                "checks": [{"signal": "p99 latency of checkout", "expectation": "Below 500 ms", "observation": "400 ms",
                            "passed": true},
                           {"signal": "Test purchase", "expectation": "Succeeds", "observation": "Fails once in five",
                            "passed": false, "userFacing": true}]
                """);
        tell("/recovery-checks", "15:12", """
                "checks": [{"signal": "p99 latency of checkout", "expectation": "Below 500 ms", "observation": "310 ms",
                            "passed": true},
                           {"signal": "Test purchase", "expectation": "Succeeds", "observation": "50 of 50 succeed",
                            "passed": true, "userFacing": true}],
                "recoveredAt": {"at": "2026-03-02T15:05:00Z", "precision": "APPROXIMATE"}
                """);
        tell("/updates", "15:15", """
                "audiences": ["LEADERSHIP", "CUSTOMERS"], "whatHappened": "The rollback is complete",
                "userImpact": "None any more", "whatWeAreDoing": "Reviewing how this reached production"
                """);
        tell("/freezes/freeze-1/lift", "15:20", """
                "because": "Checkout is stable"
                """);
    }

    /** Holds the review and closes the incident. */
    public void untilClosed() {
        tell("/review", "16:30", """
                "facilitator": "cleo", "participants": ["ana", "ben"]
                """);
        tell("/findings", "16:40", """
                "kind": "CONTRIBUTING_FACTOR", "text": "The release gate measures errors and no latency",
                "pattern": "weak-release-gate", "entries": [4]
                """);
        tell("/findings", "16:45", """
                "kind": "CONTRIBUTING_FACTOR", "text": "The rollback had never been rehearsed, and took 18 minutes",
                "pattern": "unrehearsed-rollback"
                """);
        tell("/findings", "16:50", """
                "kind": "WENT_POORLY", "text": "Updates lagged behind what was known", "pattern": "lagging-updates"
                """);
        tell("/actions", "16:55", """
                "text": "Gate releases on latency", "kind": "PREVENT", "owner": "ben", "due": "2026-03-16",
                "finding": "finding-1", "tracker": "OPS-101"
                """);
        tell("/actions", "16:56", """
                "text": "Rehearse rollbacks once a month", "kind": "MITIGATE", "owner": "ana", "due": "2026-03-30",
                "finding": "finding-2"
                """);
        tell("/actions", "16:57", """
                "text": "Remind the owner of updates five minutes ahead", "kind": "PROCESS", "owner": "cleo",
                "due": "2026-02-27", "finding": "finding-3"
                """);
        tell("/postmortem/publication", "17:20", """
                "summary": "A release cut the connection pool of checkout from 50 to 5; the gate did not see it."
                """);
        tell("/closure", "17:30", """
                "note": "Actions go on in the tracker"
                """);
    }

    private void tell(String path, String time, String fields) {
        service.tell(
                "/incidents/" + ID + path, "{\"occurredAt\": \"2026-03-02T" + time + ":00Z\", " + fields.strip() + "}");
    }
}
