package org.incidenttimeline.api.submission;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.incidenttimeline.core.command.BatchAccepted;
import org.incidenttimeline.core.command.BatchRefused;
import org.incidenttimeline.core.command.CommandBatch;
import org.incidenttimeline.core.command.CommandBatch.Given;
import org.incidenttimeline.core.command.CommandDesk;
import org.incidenttimeline.core.command.DomainCommand;
import org.incidenttimeline.core.command.IncidentCommand;
import org.incidenttimeline.core.command.IncidentCommand.DeclareIncident;
import org.incidenttimeline.core.command.LedgerReceipt;
import org.incidenttimeline.core.command.NotAccepted;
import org.incidenttimeline.core.incident.RefusedException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Hands commands in, and words the answer. What refuses them is told by the problem package. An answer depends on the
 * request and on what was recorded alone, so that the same one can be given again from what a receipt refers to.
 */
@Component
public class Submissions {
    private static final String REPLAYED = "Idempotent-Replayed";

    /** Where the last event stands in the ledger, for whoever wants to keep it. */
    private static final String LEDGER_RECEIPT = "Ledger-Receipt";

    private final CommandDesk desk;
    private final CommandAccess access;
    private final UnderWay underWay;
    private final Identifiers identifiers;

    Submissions(CommandDesk desk, CommandAccess access, UnderWay underWay, Identifiers identifiers) {
        this.desk = desk;
        this.access = access;
        this.underWay = underWay;
        this.identifiers = identifiers;
    }

    public ResponseEntity<CommandAnswer> submit(IncidentCommand command, Caller caller) {
        if (caller.draft().isPresent()) {
            return laidDown(command, caller.draft().get());
        }
        return answer(accept(command, caller), false);
    }

    /**
     * As {@link #submit(IncidentCommand, Caller)}, for a command that needs something looked up. Where that is refused, a
     * request that was carried out before is still answered as it was then.
     */
    public ResponseEntity<CommandAnswer> submit(Supplier<? extends IncidentCommand> command, Caller caller) {
        if (caller.draft().isPresent()) {
            return laidDown(command.get(), caller.draft().get());
        }
        return answer(unlessRecorded(caller, () -> accept(command.get(), caller)), false);
    }

    /** The same, and says where the new incident is. Declared again in the same words, it is not new. */
    public ResponseEntity<CommandAnswer> declare(Supplier<DeclareIncident> command, Caller caller) {
        if (caller.draft().isPresent()) {
            return laidDown(command.get(), caller.draft().get());
        }
        return answer(unlessRecorded(caller, () -> accept(command.get(), caller)), true);
    }

    /**
     * Hands several commands for one incident in, to be recorded all or not at all.
     *
     * @param commands 1 to {@link CommandBatch#MOST_COMMANDS}; what they need looked up may refuse one of them
     * @param declares whether the first of them declares the incident
     */
    public ResponseEntity<BatchAnswer> submitAll(
            Supplier<List<IncidentCommand>> commands, boolean declares, Caller caller) {
        var batch = unlessRecorded(caller, () -> acceptAll(commands.get(), caller));
        return response(batch, declares ? Optional.of(placeOf(batch)) : Optional.empty())
                .body(BatchAnswer.of(batch));
    }

    private BatchAccepted acceptAll(List<IncidentCommand> commands, Caller caller) {
        var given = commands.stream()
                .map(command -> new Given(
                        command,
                        caller.provenance().ofCommand(identifiers.next().toString())))
                .toList();
        return accept(given, caller);
    }

    /** What was recorded under the caller's key before, where it is refused now. */
    private BatchAccepted unlessRecorded(Caller caller, Supplier<BatchAccepted> accepting) {
        try {
            return accepting.get();
        } catch (RefusedException | BatchRefused e) {
            return caller.retryKey().flatMap(desk::recorded).orElseThrow(() -> e);
        }
    }

    private static ResponseEntity<CommandAnswer> laidDown(IncidentCommand command, Draft draft) {
        draft.put(command);
        return ResponseEntity.noContent().build();
    }

    /**
     * Hands one command in.
     *
     * @throws RefusedException if a rule refuses it
     * @throws NotAccepted if something other than a rule stands in the way
     */
    public BatchAccepted accept(DomainCommand command, Caller caller) {
        try {
            return accept(List.of(new Given(command, caller.provenance())), caller);
        } catch (BatchRefused e) {
            throw e.refusal();
        }
    }

    private BatchAccepted accept(List<Given> commands, Caller caller) {
        commands.forEach(given -> access.require(caller.principal(), given.command()));
        var batch = new CommandBatch(commands, caller.expectedVersion(), caller.retryKey());
        var key = caller.retryKey();
        try {
            return key.isPresent() ? underWay.only(key.get(), () -> desk.submit(batch)) : desk.submit(batch);
        } catch (NotAccepted e) {
            throw access.without(caller.principal(), e);
        }
    }

    private static ResponseEntity<CommandAnswer> answer(BatchAccepted batch, boolean declares) {
        return response(batch, declares ? Optional.of(placeOf(batch)) : Optional.empty())
                .body(CommandAnswer.of(batch));
    }

    /** A dictionary of structured fields (RFC 9651), whose hashes are byte sequences. */
    private static String text(LedgerReceipt receipt) {
        return "index=" + receipt.index() + ", leaf=:" + receipt.leaf() + ":, size=" + receipt.treeSize() + ", root=:"
                + receipt.root() + ":";
    }

    private static URI placeOf(BatchAccepted batch) {
        return UriComponentsBuilder.fromPath("/api/v1/incidents/{incident}").build(batch.streamId());
    }

    /**
     * The answer without its body.
     *
     * @param made where that is which the command makes; empty where it makes nothing that has a place
     */
    public static ResponseEntity.BodyBuilder response(BatchAccepted batch, Optional<URI> made) {
        var accepted = batch.accepted();
        boolean isNew = made.isPresent() && !accepted.events().isEmpty();
        var response = ResponseEntity.status(isNew ? HttpStatus.CREATED : HttpStatus.OK)
                .eTag("\"" + accepted.version() + "\"");
        made.ifPresent(response::location);
        accepted.receipt().ifPresent(receipt -> response.header(LEDGER_RECEIPT, text(receipt)));
        return batch.replayed() ? response.header(REPLAYED, "true") : response;
    }
}
