package org.incidenttimeline.projections.guidance;

import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.event.GuideContent;

/** A runbook or playbook as it stands, and every revision of it, the first one first. */
public record GuideHistory<C extends GuideContent>(Guide<C> guide, List<Revision<C>> revisions) {
    public GuideHistory {
        revisions = List.copyOf(revisions);
    }

    public Optional<Revision<C>> revision(int number) {
        return revisions.stream().filter(r -> r.number() == number).findFirst();
    }
}
