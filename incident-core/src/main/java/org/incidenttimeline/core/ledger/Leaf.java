package org.incidenttimeline.core.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/**
 * All that the ledger binds of one event: every column of its record, payload and metadata by the hashes of their stored
 * bytes, and the leaf before it in its incident.
 *
 * <p>Its canonical form ({@link #envelope}) is JSON by RFC 8785. There are strings and integers below 2<sup>53</sup> only,
 * so that I-JSON (RFC 7493) holds by construction; {@code v} says which members there are, today {@value #VERSION}.
 *
 * @param origin name of the ledger, so that no row of another installation fits here
 * @param index place in the ledger, counted from 0: one less than the position in the log
 * @param recordedAt in microseconds
 * @param previous leaf of the event before it in its stream; 64 zeros for the first one
 */
public record Leaf(
        String origin,
        long index,
        UUID eventId,
        String aggregateType,
        String streamId,
        long sequence,
        String name,
        int revision,
        Instant recordedAt,
        Hash payloadHash,
        Hash metadataHash,
        Hash previous) {

    /** The version of the form. */
    public static final int VERSION = 1;

    /** Stands where there is no leaf before. */
    public static final Hash NONE = Hash.ofBytes(new byte[Hash.LENGTH]);

    /** Always six places, so that the order of the texts is the order of the times. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    /** The canonical form, with its members in the order of their names. */
    public String envelope() {
        StringBuilder text = new StringBuilder(768);
        text.append("{\"aggregateType\":");
        CanonicalString.append(text, aggregateType);
        text.append(",\"eventId\":\"").append(eventId);
        text.append("\",\"index\":").append(index);
        text.append(",\"metadataHash\":\"").append(metadataHash);
        text.append("\",\"name\":");
        CanonicalString.append(text, name);
        text.append(",\"origin\":");
        CanonicalString.append(text, origin);
        text.append(",\"payloadHash\":\"").append(payloadHash);
        text.append("\",\"previous\":\"").append(previous);
        text.append("\",\"recordedAt\":\"").append(TIME.format(recordedAt));
        text.append("\",\"revision\":").append(revision);
        text.append(",\"sequence\":").append(sequence);
        text.append(",\"streamId\":");
        CanonicalString.append(text, streamId);
        return text.append(",\"v\":").append(VERSION).append('}').toString();
    }

    /** The hash of the leaf. */
    public Hash hash() {
        return MerkleTree.leaf(envelope().getBytes(StandardCharsets.UTF_8));
    }
}
