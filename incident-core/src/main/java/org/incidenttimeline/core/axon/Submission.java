package org.incidenttimeline.core.axon;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.incidenttimeline.core.command.Accepted;
import org.incidenttimeline.core.command.BatchAccepted;
import org.incidenttimeline.core.command.LedgerReceipt;
import org.incidenttimeline.core.command.NotAccepted;
import org.incidenttimeline.core.command.RetryKey;
import org.incidenttimeline.core.event.DedupKey;
import org.incidenttimeline.core.event.DomainEvent;
import org.incidenttimeline.core.event.Provenance;
import org.incidenttimeline.core.log.Appended;
import org.incidenttimeline.core.log.KeyChange;
import org.incidenttimeline.core.log.Receipt;

/**
 * A command on its way, and what comes of it. It travels in the command's metadata, within this process only: Axon gives
 * a handler no other way to hear who asks, and the caller no other way to hear where the log put the events.
 */
final class Submission {
    /** The scope of the names that deduplicate incidents. */
    static final String DEDUP_SCOPE = "incident.dedup-key";

    private static final String KEY = "submission";

    private final Provenance provenance;
    private final Instant receivedAt;
    private final OptionalLong expectedVersion;
    private final Optional<RetryKey> retryKey;
    private long seenVersion;
    private List<DomainEvent> events = List.of();
    private List<Integer> parts = List.of();
    private List<KeyChange> keyChanges = List.of();
    private OptionalLong position = OptionalLong.empty();
    private Optional<LedgerReceipt> ledgerReceipt = Optional.empty();

    Submission(Provenance provenance, Instant receivedAt, OptionalLong expectedVersion, Optional<RetryKey> retryKey) {
        this.provenance = provenance;
        this.receivedAt = receivedAt;
        this.expectedVersion = expectedVersion;
        this.retryKey = retryKey;
    }

    /** The submission that a unit of work carries out. */
    static Submission of(UnitOfWork<?> unitOfWork) {
        return in(unitOfWork).orElseThrow(() -> new IllegalStateException("a command comes through the command desk"));
    }

    /** The submission that a unit of work carries out, if it carries one out. */
    static Optional<Submission> in(UnitOfWork<?> unitOfWork) {
        return Optional.ofNullable(
                (Submission) unitOfWork.getMessage().getMetaData().get(KEY));
    }

    Map<String, Object> asMetaData() {
        return Map.of(KEY, this);
    }

    /** Who gave the command; those of a batch say it themselves. */
    Provenance provenance() {
        return provenance;
    }

    Instant receivedAt() {
        return receivedAt;
    }

    /** The version on which the decision rests. */
    long seenVersion() {
        return seenVersion;
    }

    /**
     * Tells which version the decision will rest on.
     *
     * @throws NotAccepted if the caller expected another one
     */
    void seen(long version) {
        seenVersion = version;
        expectedVersion.ifPresent(expected -> {
            if (expected != version) {
                throw versionMoved(expected, version);
            }
        });
    }

    static NotAccepted versionMoved(long expected, long actual) {
        return new NotAccepted(
                NotAccepted.Reason.VERSION_MOVED,
                "It is at version " + actual + ", not at " + expected + "; read it again.",
                Map.of("expected", Long.toString(expected), "actual", Long.toString(actual)),
                null);
    }

    /** Tells what the command leads to. */
    void decided(List<? extends DomainEvent> decided) {
        decided(List.of(decided), Optional.empty(), Optional.empty());
    }

    /** Tells what each command leads to, in order, and how that changes the name that the incident holds. */
    void decided(
            List<? extends List<? extends DomainEvent>> decided,
            Optional<DedupKey> keyBefore,
            Optional<DedupKey> keyAfter) {
        events = decided.stream().<DomainEvent>flatMap(List::stream).toList();
        parts = decided.stream().map(List::size).toList();
        if (!keyBefore.equals(keyAfter)) {
            var changes = new ArrayList<KeyChange>();
            keyBefore.ifPresent(key -> changes.add(new KeyChange.Release(DEDUP_SCOPE, key.value())));
            keyAfter.ifPresent(key -> changes.add(new KeyChange.Take(DEDUP_SCOPE, key.value())));
            keyChanges = changes;
        }
    }

    /** The names that the incident takes or gives back together with its events. */
    List<KeyChange> keyChanges() {
        return keyChanges;
    }

    /** The receipt to be kept with the events, where the caller may ask again. */
    Optional<Receipt> receipt() {
        return retryKey.map(key -> LogReceipts.receipt(key, parts));
    }

    void appended(Appended appended) {
        position = OptionalLong.of(appended.lastPosition());
        ledgerReceipt = appended.place()
                .map(place -> new LedgerReceipt(
                        place.index(),
                        place.leaf().base64(),
                        place.treeSize(),
                        place.root().base64()));
    }

    boolean changedNothing() {
        return events.isEmpty();
    }

    BatchAccepted accepted(String stream) {
        return new BatchAccepted(
                stream, new Accepted(seenVersion + events.size(), position, events, ledgerReceipt), parts, false);
    }
}
