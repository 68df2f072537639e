package org.incidenttimeline.api.submission;

import java.util.List;
import org.incidenttimeline.core.command.BatchAccepted;
import org.incidenttimeline.core.command.BatchRefused;
import org.incidenttimeline.core.command.CommandBatch;
import org.incidenttimeline.core.command.CommandBatch.Given;
import org.incidenttimeline.core.command.CommandDesk;
import org.incidenttimeline.core.command.IncidentCommand;
import org.incidenttimeline.core.command.IncidentCommand.DeclareIncident;
import org.incidenttimeline.core.command.LedgerReceipt;
import org.incidenttimeline.core.command.NotAccepted;
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

    /** As {@link #submit}, and says where the new incident is. Declared again in the same words, it is not new. */
    public ResponseEntity<CommandAnswer> declare(DeclareIncident command, Caller caller) {
        if (caller.draft().isPresent()) {
            return laidDown(command, caller.draft().get());
        }
        return answer(accept(command, caller), true);
    }

    /**
     * Hands several commands for one incident in, to be recorded all or not at all.
     *
     * @param commands 1 to {@link CommandBatch#MOST_COMMANDS}
     */
    public ResponseEntity<BatchAnswer> submitAll(List<IncidentCommand> commands, Caller caller) {
        var given = commands.stream()
                .map(command -> new Given(
                        command,
                        caller.provenance().ofCommand(identifiers.next().toString())))
                .toList();
        var batch = accept(given, caller);
        return response(batch, commands.getFirst() instanceof DeclareIncident).body(BatchAnswer.of(batch));
    }

    private static ResponseEntity<CommandAnswer> laidDown(IncidentCommand command, Draft draft) {
        draft.put(command);
        return ResponseEntity.noContent().build();
    }

    private BatchAccepted accept(IncidentCommand command, Caller caller) {
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
        return response(batch, declares).body(CommandAnswer.of(batch.incidentId(), batch.accepted()));
    }

    /** A dictionary of structured fields (RFC 9651), whose hashes are byte sequences. */
    private static String text(LedgerReceipt receipt) {
        return "index=" + receipt.index() + ", leaf=:" + receipt.leaf() + ":, size=" + receipt.treeSize() + ", root=:"
                + receipt.root() + ":";
    }

    private static ResponseEntity.BodyBuilder response(BatchAccepted batch, boolean declares) {
        var accepted = batch.accepted();
        boolean isNew = declares && !accepted.events().isEmpty();
        var response = ResponseEntity.status(isNew ? HttpStatus.CREATED : HttpStatus.OK)
                .eTag("\"" + accepted.version() + "\"");
        if (declares) {
            response.location(UriComponentsBuilder.fromPath("/api/v1/incidents/{incident}")
                    .build(batch.incidentId().value()));
        }
        accepted.receipt().ifPresent(receipt -> response.header(LEDGER_RECEIPT, text(receipt)));
        return batch.replayed() ? response.header(REPLAYED, "true") : response;
    }
}
