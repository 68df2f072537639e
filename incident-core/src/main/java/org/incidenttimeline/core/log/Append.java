package org.incidenttimeline.core.log;

import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.seal.Sealer;

/**
 * Events of one stream that are written all or not at all, with the names they take or release and the receipt that
 * proves them.
 *
 * @param aggregateType kind of the stream, at most 64 characters
 * @param streamId identity of the stream, at most 255 characters
 * @param firstSequence place of the first event in its stream, counted from 0: one more than the newest event the
 *     writer has seen. It is the writer's claim that nothing else was written meanwhile.
 * @param events at least one, at most {@value #MAX_EVENTS}, with at most {@value #MAX_TEXT} characters of payload and
 *     metadata together; none where only a receipt is to be kept, which claims nothing of the stream
 * @param keys in the order in which they happen
 * @param receipt kept with the events, for a caller who may ask again
 * @param redacted the sealed values of this stream that are taken out with these events, as far as they are there
 */
public record Append(
        String aggregateType,
        String streamId,
        long firstSequence,
        List<NewEvent> events,
        List<KeyChange> keys,
        Optional<Receipt> receipt,
        List<Redacted> redacted) {

    /** Most events in one append. */
    public static final int MAX_EVENTS = 1_000;

    /** Most characters of payload and metadata in one append. */
    public static final int MAX_TEXT = 4_000_000;

    /** Without a receipt. */
    public Append(
            String aggregateType, String streamId, long firstSequence, List<NewEvent> events, List<KeyChange> keys) {
        this(aggregateType, streamId, firstSequence, events, keys, Optional.empty());
    }

    /** Takes no value out. */
    public Append(
            String aggregateType,
            String streamId,
            long firstSequence,
            List<NewEvent> events,
            List<KeyChange> keys,
            Optional<Receipt> receipt) {
        this(aggregateType, streamId, firstSequence, events, keys, receipt, List.of());
    }

    public Append {
        events = List.copyOf(events);
        keys = List.copyOf(keys);
        redacted = List.copyOf(redacted);
        Texts.require("aggregate type", aggregateType, 64);
        Texts.require("stream id", streamId, 255);
        if (firstSequence < 0) {
            throw new IllegalArgumentException("sequences count from 0, not " + firstSequence);
        }
        if ((events.isEmpty() && receipt.isEmpty()) || events.size() > MAX_EVENTS) {
            throw new IllegalArgumentException(
                    "an append has 1 to " + MAX_EVENTS + " events, this one has " + events.size());
        }
        if (receipt.isPresent() && receipt.get().events() != events.size()) {
            throw new IllegalArgumentException(
                    "the receipt is of " + receipt.get().events() + " events, the append has " + events.size());
        }
        // What is sealed was measured before.
        long text = events.stream()
                .filter(event -> event.sealed().isEmpty())
                .mapToLong(NewEvent::length)
                .sum();
        if (text > MAX_TEXT) {
            throw new IllegalArgumentException(
                    "an append has at most " + MAX_TEXT + " characters of payload and metadata, this one has " + text);
        }
    }

    /** The same append with the words of its events sealed. */
    Append sealedBy(Sealer sealer) {
        return new Append(
                aggregateType,
                streamId,
                firstSequence,
                events.stream().map(event -> event.sealedBy(sealer)).toList(),
                keys,
                receipt,
                redacted);
    }

    /** How much there is to write. */
    int length() {
        return events.stream().mapToInt(NewEvent::length).sum();
    }

    /** The sequence that the next append to the stream begins with, once this one is written. */
    long nextSequence() {
        return firstSequence + events.size();
    }
}
