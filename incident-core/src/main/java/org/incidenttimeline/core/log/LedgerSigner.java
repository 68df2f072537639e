package org.incidenttimeline.core.log;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.ledger.Checkpoint;
import org.incidenttimeline.core.ledger.Frontier;
import org.incidenttimeline.core.ledger.Hash;
import org.incidenttimeline.core.ledger.LedgerKeys;
import org.incidenttimeline.core.ledger.NoteSigner;
import org.incidenttimeline.core.ledger.SignedNote;
import org.incidenttimeline.core.log.LedgerFault.Kind;

/**
 * Signs checkpoints, and nothing that it has not checked: before every signature it hashes what is stored of the events
 * since the last one, compares leaves, seals and root with the ledger, and the last checkpoint with the copy kept outside of
 * the database. Where anything differs it signs nothing and stops all writing.
 */
public final class LedgerSigner {

    private static final int AT_ONCE = 500;

    private final Ledger ledger;
    private final LedgerKeys keys;
    private final CheckpointFiles files;
    private final Clock clock;

    public LedgerSigner(Ledger ledger, LedgerKeys keys, CheckpointFiles files, Clock clock) {
        this.ledger = ledger;
        this.keys = keys;
        this.files = files;
        this.clock = clock;
    }

    /**
     * Signs what was added since the last checkpoint, if anything was.
     *
     * @return what is wrong, if anything is; then nothing is written any more
     */
    public Optional<LedgerFault> sign() {
        Known known = known(files.newest());
        Optional<LedgerFault> wrong = wrongWithLast(known);
        if (wrong.isEmpty() && known.head().fault().isEmpty()) {
            wrong = check(known.last().map(StoredCheckpoint::frontier).orElse(Frontier.EMPTY), known.head(), 0);
            if (wrong.isEmpty()) {
                wrong = putBackLost(known);
            }
            if (wrong.isEmpty()) {
                signWhatIsNew(known);
            }
        }
        wrong.ifPresent(fault -> ledger.stopWriting(fault.sentence()));
        return wrong;
    }

    /**
     * Checks the whole ledger from its first event, and every checkpoint.
     *
     * @return what is wrong first, if anything is; then nothing is written any more
     */
    public Optional<LedgerFault> audit() {
        Known known = known(files.reread());
        Optional<LedgerFault> wrong = check(Frontier.EMPTY, known.head(), Long.MAX_VALUE);
        if (wrong.isEmpty()) {
            wrong = wrongWithLast(known);
        }
        wrong.ifPresent(fault -> ledger.stopWriting(fault.sentence()));
        return wrong;
    }

    /**
     * What is compared. Another node may write and sign meanwhile, so that the three are read in this order and no other: what
     * is read later can only be newer than what it has to continue.
     */
    private record Known(Optional<Checkpoint> outside, Optional<StoredCheckpoint> last, LedgerHead head) {
        /** The size of the last checkpoint; -1 if there is none. */
        long signed() {
            return last.map(StoredCheckpoint::size).orElse(-1L);
        }
    }

    private Known known(Optional<Checkpoint> outside) {
        Optional<StoredCheckpoint> last = ledger.newestCheckpoint();
        return new Known(outside, last, ledger.head());
    }

    private void signWhatIsNew(Known known) {
        Frontier frontier = known.head().frontier();
        if (known.signed() < frontier.size()) {
            sign(frontier);
        } else if (known.signed() == frontier.size()) {
            known.last().ifPresent(this::signAgain);
        }
    }

    /** With a new key, so that the former one may go although nothing was added since. */
    private void signAgain(StoredCheckpoint last) {
        SignedNote note = SignedNote.of(last.note()).orElseThrow();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        keys.signers().stream()
                .filter(signer -> !note.isSignedBy(signer.key()))
                .forEach(signer -> ledger.keep(last.size(), signer.sign(note.text()), now));
    }

    /**
     * A power cut may take the row of a checkpoint and leave its copy. The events behind the last row are checked already; where
     * they give the root of the copy, the row is made again.
     */
    private Optional<LedgerFault> putBackLost(Known known) {
        if (known.outside().isEmpty() || known.outside().get().size() <= known.signed()) {
            return Optional.empty();
        }
        Checkpoint outside = known.outside().get();
        Frontier frontier =
                ledger.extended(known.last().map(StoredCheckpoint::frontier).orElse(Frontier.EMPTY), outside.size());
        if (!outside.equals(new Checkpoint(keys.origin(), frontier.size(), frontier.root()))) {
            return fault(Kind.REPLACED, outside.size(), "the checkpoint kept outside of the database is another one");
        }
        sign(frontier);
        return Optional.empty();
    }

    private void sign(Frontier frontier) {
        String text = new Checkpoint(keys.origin(), frontier.size(), frontier.root()).text();
        List<SignedNote.Line> lines =
                keys.signers().stream().map(signer -> signer.sign(text)).toList();
        String note = new SignedNote(text, lines).encoded();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        ledger.keep(new StoredCheckpoint(frontier.size(), note, frontier, now));
        files.keep(frontier.size(), note);
    }

    private Optional<LedgerFault> wrongWithLast(Known known) {
        if (known.last().isPresent()) {
            Optional<LedgerFault> wrong = wrongWith(known.last().get());
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        long size = known.head().frontier().size();
        if (known.signed() > size) {
            return fault(Kind.TRUNCATED, size, "a checkpoint of " + known.signed() + " events is signed");
        }
        if (known.outside().isEmpty()) {
            return Optional.empty();
        }
        Checkpoint outside = known.outside().get();
        long kept = outside.size();
        if (kept > size) {
            return fault(Kind.TRUNCATED, size, "a checkpoint of " + kept + " events is kept outside of the database");
        }
        if (kept > known.signed()) {
            // Its row is lost; whether the events are those is told by the next signature.
            return Optional.empty();
        }
        boolean same = ledger.checkpoint(kept)
                .flatMap(checkpoint -> SignedNote.of(checkpoint.note()))
                .filter(note -> note.text().equals(outside.text()))
                .isPresent();
        return same
                ? Optional.empty()
                : fault(Kind.REPLACED, kept, "the checkpoint kept outside of the database is another one");
    }

    private Optional<LedgerFault> wrongWith(StoredCheckpoint checkpoint) {
        Optional<SignedNote> note = SignedNote.of(checkpoint.note());
        boolean signed = note.filter(
                        n -> keys.signers().stream().map(NoteSigner::key).anyMatch(n::isSignedBy))
                .isPresent();
        if (!signed) {
            return fault(Kind.REPLACED, checkpoint.size(), "the checkpoint is not signed by the key of the ledger");
        }
        Checkpoint expected = new Checkpoint(
                keys.origin(), checkpoint.size(), checkpoint.frontier().root());
        return note.get().text().equals(expected.text())
                ? Optional.empty()
                : fault(Kind.REPLACED, checkpoint.size(), "the checkpoint is not one of the tree that is kept with it");
    }

    /** Checks the events behind a tree that is known, and the checkpoints among them up to a number. */
    private Optional<LedgerFault> check(Frontier known, LedgerHead head, long checkpoints) {
        if (!head.origin().equals(keys.origin())) {
            return fault(Kind.REPLACED, head.frontier().size(), "the ledger is " + head.origin());
        }
        Frontier frontier = known;
        Instant time = Instant.MIN;
        List<StoredCheckpoint> signed = checkpoints == 0 ? List.of() : ledger.checkpointsAfter(0, AT_ONCE);
        int next = 0;
        while (frontier.size() < head.position()) {
            List<LedgerEntry> entries = ledger.entriesAfter(frontier.size(), head.position(), AT_ONCE);
            if (entries.isEmpty()) {
                return fault(Kind.DELETED, frontier.size(), "there is no event");
            }
            for (LedgerEntry entry : entries) {
                Optional<LedgerFault> wrong = wrongWith(entry, frontier.size(), time);
                if (wrong.isPresent()) {
                    return wrong;
                }
                time = entry.event().recordedAt();
                frontier = frontier.with(entry.hash().orElseThrow());
                if (next < signed.size() && signed.get(next).size() == frontier.size()) {
                    StoredCheckpoint checkpoint = signed.get(next++);
                    if (!checkpoint.frontier().equals(frontier)) {
                        return fault(Kind.REPLACED, frontier.size(), "the tree is not the one of its checkpoint");
                    }
                    Optional<SignedNote> note = SignedNote.of(checkpoint.note());
                    String text = new Checkpoint(keys.origin(), frontier.size(), frontier.root()).text();
                    if (note.filter(n -> n.text().equals(text)).isEmpty()) {
                        return fault(Kind.REPLACED, frontier.size(), "the tree is not the one that was signed");
                    }
                    if (next == signed.size()) {
                        signed = ledger.checkpointsAfter(frontier.size(), AT_ONCE);
                        next = 0;
                    }
                }
            }
        }
        if (frontier.size() != head.frontier().size() || frontier.size() != head.position()) {
            return fault(
                    Kind.TRUNCATED,
                    head.position(),
                    "the ledger has " + head.frontier().size() + " leaves, " + frontier.size() + " are known");
        }
        return frontier.equals(head.frontier()) && head.root().equals(rootOf(frontier))
                ? Optional.empty()
                : fault(Kind.REPLACED, frontier.size(), "the root is not that of the events");
    }

    /** Of the empty tree none is kept. */
    private static Optional<Hash> rootOf(Frontier frontier) {
        return frontier.size() == 0 ? Optional.empty() : Optional.of(frontier.root());
    }

    private Optional<LedgerFault> wrongWith(LedgerEntry entry, long index, Instant before) {
        StoredEvent event = entry.event();
        if (event.position() != index + 1) {
            return fault(Kind.DELETED, index, "there is no event");
        }
        if (entry.hash().isEmpty() || entry.seal().isEmpty()) {
            return fault(Kind.DELETED, index, "the event has no leaf");
        }
        if (event.recordedAt().isBefore(before)) {
            return fault(Kind.BACKDATED, index, "the event has an earlier time than the one before it");
        }
        if (event.sequence() > 0 && entry.previous().isEmpty()) {
            return fault(Kind.DELETED, index, "there is no event before it in its stream");
        }
        if (!entry.leaf(keys.origin()).hash().equals(entry.hash().get())) {
            return fault(Kind.EDITED, index, "the record of the event is not the one its leaf was made of");
        }
        return keys.seal().fits(entry.hash().get(), entry.seal().get())
                ? Optional.empty()
                : fault(Kind.FORGED, index, "the seal of the leaf is not ours");
    }

    private static Optional<LedgerFault> fault(Kind kind, long index, String what) {
        return Optional.of(new LedgerFault(kind, index, what));
    }
}
