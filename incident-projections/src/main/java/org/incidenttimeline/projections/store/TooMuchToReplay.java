package org.incidenttimeline.projections.store;

/** An answer about the past would have to go through the events of more incidents than one question may. */
public final class TooMuchToReplay extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooMuchToReplay(int most) {
        super("An answer about the past goes through the events of at most " + most
                + " incidents, and more than that were"
                + " open then or have changed since. Ask for fewer, for instance of one service.");
    }
}
