package org.incidenttimeline.projections.rhythm;

import java.util.List;
import java.util.Optional;

/**
 * One beat of the rhythm and how far it has come.
 *
 * @param notNeeded why it is not needed, exactly where its state says so
 * @param restsOn the numbers of the entries that this judgement rests on
 * @param missing what is still missing, in words of this program; also where the beat is done as far as it must be
 */
public record Beat(Name name, State state, Optional<String> notNeeded, List<Long> restsOn, List<String> missing) {
    /** The beats in their order. */
    public enum Name {
        DECLARE,
        FREEZE,
        GATHER,
        HYPOTHESIZE,
        TEST,
        MITIGATE,
        VERIFY,
        COMMUNICATE,
        TIMELINE,
        REVIEW
    }

    /** How far a beat has come. */
    public enum State {
        NOT_STARTED,
        UNDER_WAY,
        DONE,
        NOT_NEEDED
    }

    public Beat {
        restsOn = restsOn.stream().sorted().distinct().toList();
        missing = List.copyOf(missing);
    }
}
