package org.incidenttimeline.projections.store;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.incidenttimeline.core.event.PlaybookContent;
import org.incidenttimeline.core.event.RunbookContent;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.projections.guidance.Guide;
import org.incidenttimeline.projections.guidance.Guide.State;
import org.incidenttimeline.projections.guidance.Suggestion;
import org.incidenttimeline.projections.incident.IncidentView;

/** Answers which runbooks and playbooks there are, and which runbooks match an incident. */
public final class GuideReader {
    private final GuideTable table;

    public GuideReader(GuideTable table) {
        this.table = table;
    }

    /** So many of the runbooks wanted, the one drafted last first; {@code behind} is a place in that list. */
    public Positioned<List<Guide<RunbookContent>>> runbooks(
            Optional<ServiceName> service, Optional<State> state, OptionalLong behind, int most) {
        return Positioned.read(
                table::position, () -> table.newest(GuideTable.Kind.RUNBOOK, service, state, behind, most));
    }

    /** So many of the playbooks wanted, in the same order. */
    public Positioned<List<Guide<PlaybookContent>>> playbooks(
            Optional<ServiceName> service, Optional<State> state, OptionalLong behind, int most) {
        return Positioned.read(
                table::position, () -> table.newest(GuideTable.Kind.PLAYBOOK, service, state, behind, most));
    }

    /** The runbooks in use that match an incident, the best first. */
    public List<Suggestion> suggestions(IncidentView incident) {
        return Suggestion.of(incident, table.recognitions());
    }

    /** The place in the whole log up to which the answers are complete. */
    public long position() {
        return table.position();
    }
}
