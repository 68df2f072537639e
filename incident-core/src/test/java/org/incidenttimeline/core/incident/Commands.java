package org.incidenttimeline.core.incident;

import static org.incidenttimeline.core.incident.Story.*;

import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.command.IncidentCommand;
import org.incidenttimeline.core.command.IncidentCommand.*;
import org.incidenttimeline.core.event.*;

/** Commands for tests of what carries them, where their content does not matter. */
public final class Commands {
    private Commands() {}

    public static IncidentCommand declareWithKey(String id, String dedupKey) {
        return declare(id, Optional.of(new DedupKey(dedupKey)));
    }

    public static IncidentCommand declare(String id) {
        return declare(id, Optional.empty());
    }

    private static IncidentCommand declare(String id, Optional<DedupKey> dedupKey) {
        return new DeclareIncident(
                new IncidentId(id),
                at("14:00"),
                new Title("Checkout fails"),
                Severity.SEV3,
                ANA,
                NO_WORDS,
                List.of(),
                new Detection(DetectionSource.ALERT, Optional.empty(), Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                Mode.LIVE,
                Visibility.OPEN,
                dedupKey);
    }

    public static IncidentCommand note() {
        return Story.note();
    }

    public static IncidentCommand note(String id) {
        return new AddNote(new IncidentId(id), THEN, text("the vendor says that all is well on their side"));
    }

    public static IncidentCommand proposePrimary() {
        return propose(true);
    }

    public static IncidentCommand pinDeclaration() {
        return pin(1);
    }

    public static IncidentCommand unpinDeclaration() {
        return unpin(1);
    }

    public static IncidentCommand liftNumber(int freeze) {
        return new LiftFreeze(Story.ID, THEN, ItemId.FreezeId.number(freeze), text("stable again"));
    }

    public static IncidentCommand freezeAll() {
        return freeze("*");
    }

    public static IncidentCommand liftFreeze() {
        return lift();
    }

    public static IncidentCommand cancel(String id) {
        return new CancelIncident(new IncidentId(id), THEN, CancellationReason.FALSE_POSITIVE, text("a test alert"));
    }

    public static IncidentCommand reopen(String id) {
        return new ReopenIncident(new IncidentId(id), THEN, text("it is back"));
    }
}
