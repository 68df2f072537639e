package org.incidenttimeline.projections.guidance;

import java.util.Optional;
import org.incidenttimeline.core.event.GuideContent;
import org.incidenttimeline.core.event.Text;

/**
 * A runbook or playbook as it stands.
 *
 * @param id its name among its kind
 * @param version the version of the last event that it knows
 * @param place the position of its drafting in the log, by which lists are ordered
 * @param newest the revision written last
 * @param inUse the revision approved last
 * @param retiredBecause why it was taken out of use
 */
public record Guide<C extends GuideContent>(
        String id,
        long version,
        long place,
        Revision<C> newest,
        Optional<Revision<C>> inUse,
        Optional<Text> retiredBecause) {
    /** Where it stands. */
    public enum State {
        /** No revision of it was ever approved. */
        DRAFT,
        /** Its newest revision is in use. */
        IN_USE,
        /** An older revision is in use, and the newest waits to be approved. */
        IN_REVISION,
        /** It was taken out of use. */
        RETIRED
    }

    public State state() {
        if (retiredBecause.isPresent()) {
            return State.RETIRED;
        }
        return inUse.map(r -> r.number() == newest.number() ? State.IN_USE : State.IN_REVISION)
                .orElse(State.DRAFT);
    }

    /** What it says to those who act on it, and while nobody may, what it is going to say. */
    public C content() {
        return inUse.orElse(newest).content();
    }
}
