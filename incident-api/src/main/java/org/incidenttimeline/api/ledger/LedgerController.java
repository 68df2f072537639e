package org.incidenttimeline.api.ledger;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.incidenttimeline.api.ledger.LedgerConfiguration.Witnesses;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.page.Parameters;
import org.incidenttimeline.api.problem.MayAnswer;
import org.incidenttimeline.api.problem.Problem.FieldError;
import org.incidenttimeline.api.problem.ProblemCode;
import org.incidenttimeline.api.problem.ProblemException;
import org.incidenttimeline.core.ledger.Hash;
import org.incidenttimeline.core.ledger.LedgerKeys;
import org.incidenttimeline.core.ledger.MerkleTree;
import org.incidenttimeline.core.ledger.NoteKey;
import org.incidenttimeline.core.ledger.SignedNote;
import org.incidenttimeline.core.log.Ledger;
import org.incidenttimeline.core.log.StoredCheckpoint;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The proof that nobody touched the record: checkpoints, proofs, and the archive that is checked elsewhere. */
@RestController
@RequestMapping("/api/v1/ledger")
class LedgerController {
    private static final String NDJSON = "application/x-ndjson";
    private static final int BUFFER = 64 * 1024;

    private final Ledger ledger;
    private final LedgerKeys keys;
    private final Witnesses witnesses;
    private final ArchiveWriter archive;
    private final Clock clock;

    LedgerController(Ledger ledger, LedgerKeys keys, Witnesses witnesses, ArchiveWriter archive, Clock clock) {
        this.ledger = ledger;
        this.keys = keys;
        this.witnesses = witnesses;
        this.archive = archive;
        this.clock = clock;
    }

    /** The newest checkpoint, as C2SP tlog-checkpoint has it: keep it where nobody here can change it. */
    @GetMapping(path = "/checkpoint", produces = MediaType.TEXT_PLAIN_VALUE)
    @Operation(operationId = "readCheckpoint")
    @MayAnswer(ProblemCode.NOT_FOUND)
    @ApiResponse(
            responseCode = "200",
            description = "The signed note.",
            content = @Content(mediaType = MediaType.TEXT_PLAIN_VALUE, schema = @Schema(type = "string")))
    String newest() {
        return ledger.newestCheckpoint()
                .map(StoredCheckpoint::note)
                .orElseThrow(() -> ProblemCode.NOT_FOUND.because("No checkpoint is signed yet."));
    }

    /** The checkpoints in their order; {@code after} is the {@code next} of the page before. */
    @GetMapping(path = "/checkpoints", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "listCheckpoints")
    CheckpointsResponse all(
            @RequestParam(defaultValue = "-1") String after, @RequestParam(defaultValue = "50") String limit) {
        int most = (int) Parameters.number("limit", limit, 1, Limits.CHECKPOINTS_ON_A_PAGE);
        var found = ledger.checkpointsAfter(Parameters.number("after", after, -1, Long.MAX_VALUE), most + 1);
        var shown = found.stream().limit(most).map(CheckpointResponse::of).toList();
        return new CheckpointsResponse(
                shown, found.size() > most ? OptionalLong.of(shown.getLast().size()) : OptionalLong.empty());
    }

    /** One page; {@code next} is absent on the last one. */
    record CheckpointsResponse(List<CheckpointResponse> checkpoints, OptionalLong next) {}

    /**
     * A signed checkpoint.
     *
     * @param size events in the tree
     * @param note with all signatures, those of witnesses too
     */
    record CheckpointResponse(long size, Instant signedAt, String note) {
        static CheckpointResponse of(StoredCheckpoint checkpoint) {
            return new CheckpointResponse(checkpoint.size(), checkpoint.signedAt(), checkpoint.note());
        }
    }

    /** Shows that an event is in the tree of a checkpoint, RFC 9162, section 2.1.3; asked by its index or its id. */
    @GetMapping(path = "/proof/inclusion", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "proveInclusion")
    @MayAnswer(ProblemCode.NOT_FOUND)
    InclusionResponse inclusion(
            @RequestParam Optional<String> index,
            @RequestParam Optional<String> event,
            @RequestParam Optional<String> size) {
        if (index.isPresent() == event.isPresent()) {
            throw ProblemCode.INVALID_PARAMETER.because("One of the parameters index and event must be given.");
        }
        long treeSize = treeSize("size", size);
        long place = event.isPresent()
                ? ledger.indexOf(uuid(event.get()))
                        .orElseThrow(() -> ProblemCode.NOT_FOUND.because("There is no event " + event.get() + "."))
                : Parameters.number("index", index.orElseThrow(), 0, Long.MAX_VALUE);
        var leaf = ledger.leaf(place);
        if (place >= treeSize || leaf.isEmpty()) {
            throw ProblemCode.NOT_FOUND.because("The tree of " + treeSize + " events has no event " + place + ".");
        }
        return new InclusionResponse(
                place, treeSize, leaf.get().hex(), hex(ledger.roots(MerkleTree.inclusionProof(treeSize, place))));
    }

    /**
     * A proof of inclusion.
     *
     * @param index of the event, counted from 0
     * @param leaf the hash of its leaf
     * @param proof from the leaf to the root
     */
    record InclusionResponse(long index, long size, String leaf, List<String> proof) {}

    /** Shows that the tree of a checkpoint begins with that of an earlier one, RFC 9162, section 2.1.4. */
    @GetMapping(path = "/proof/consistency", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "proveConsistency")
    @MayAnswer(ProblemCode.NOT_FOUND)
    ConsistencyResponse consistency(@RequestParam String from, @RequestParam Optional<String> to) {
        long larger = treeSize("to", to);
        long smaller = Parameters.number("from", from, 0, Long.MAX_VALUE);
        if (smaller > larger) {
            throw ProblemCode.NOT_FOUND.because("The tree of " + larger + " events does not reach to " + smaller + ".");
        }
        return new ConsistencyResponse(
                smaller, larger, hex(ledger.roots(MerkleTree.consistencyProof(smaller, larger))));
    }

    /** A proof of consistency between two sizes. */
    record ConsistencyResponse(long from, long to, List<String> proof) {}

    /** The public keys. Whoever checks the record must have had them from elsewhere before, for they could be changed here. */
    @GetMapping(path = "/keys", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "readLedgerKeys")
    LedgerKeysResponse keys() {
        return new LedgerKeysResponse(
                keys.origin(),
                keys.signers().stream().map(signer -> signer.key().toString()).toList(),
                witnesses.keys().stream().map(NoteKey::toString).toList());
    }

    /**
     * The keys of the ledger.
     *
     * @param origin its name
     * @param keys those that sign now, the newest first
     * @param witnesses those whose signatures are taken
     */
    record LedgerKeysResponse(String origin, List<String> keys, List<String> witnesses) {}

    /** Takes the signature of a witness under the checkpoint of a size, C2SP tlog-cosignature. */
    @PostMapping(
            path = "/checkpoints/{size}/cosignatures",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "cosignCheckpoint")
    @ApiResponse(responseCode = "201", description = "The signature is kept.", useReturnTypeSchema = true)
    ResponseEntity<CheckpointResponse> cosign(@PathVariable String size, @RequestBody CosignatureRequest request) {
        var checkpoint = checkpoint(size);
        var line = SignedNote.Line.of(request.line().strip())
                .orElseThrow(() -> invalid("must be one line of a signed note"));
        var note = SignedNote.of(checkpoint.note()).orElseThrow();
        boolean signed =
                witnesses.keys().stream().anyMatch(key -> new SignedNote(note.text(), List.of(line)).isSignedBy(key));
        if (!signed) {
            throw invalid("must be the signature of a known witness under this checkpoint");
        }
        ledger.keep(checkpoint.size(), line, clock.instant());
        return ResponseEntity.status(201).body(CheckpointResponse.of(checkpoint(size)));
    }

    /** The line that a witness adds to the note. */
    record CosignatureRequest(String line) {}

    /** The whole record with its proof, one JSON object a line, for {@code java -jar incident-api.jar verify}. */
    @GetMapping(path = "/archive", produces = NDJSON)
    @Operation(operationId = "readArchive")
    @ApiResponse(
            responseCode = "200",
            description = "The archive, as docs/auditors/ledger.md describes it.",
            content = @Content(mediaType = NDJSON, schema = @Schema(type = "string")))
    void archive(HttpServletResponse response) throws IOException {
        response.setContentType(NDJSON);
        response.setHeader("Content-Disposition", "attachment; filename=\"ledger.ndjson\"");
        archive.write(new BufferedOutputStream(response.getOutputStream(), BUFFER));
    }

    private StoredCheckpoint checkpoint(String size) {
        try {
            return ledger.checkpoint(Long.parseLong(size))
                    .orElseThrow(() -> ProblemCode.NOT_FOUND.because("There is no checkpoint of this size."));
        } catch (NumberFormatException _) {
            throw ProblemCode.NOT_FOUND.because("There is no checkpoint of this size.");
        }
    }

    /** The size that is asked for, at most what the log has; that of the newest checkpoint, where none is. */
    private long treeSize(String name, Optional<String> asked) {
        long signed = ledger.newestCheckpoint().map(StoredCheckpoint::size).orElse(0L);
        long size = asked.isPresent() ? Parameters.number(name, asked.get(), 0, Long.MAX_VALUE) : signed;
        if (size > signed) {
            throw ProblemCode.NOT_FOUND.because("Only " + signed + " events are signed yet.");
        }
        return size;
    }

    private static List<String> hex(List<Hash> hashes) {
        return hashes.stream().map(Hash::hex).toList();
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException _) {
            throw ProblemCode.INVALID_PARAMETER.because("The parameter event must be the id of an event.");
        }
    }

    private static ProblemException invalid(String message) {
        return ProblemCode.INVALID_REQUEST.because(
                "The body does not fit the request.", List.of(new FieldError("/line", message)));
    }
}
