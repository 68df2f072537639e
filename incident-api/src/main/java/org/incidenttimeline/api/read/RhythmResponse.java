package org.incidenttimeline.api.read;

import java.util.List;
import java.util.Optional;
import org.incidenttimeline.api.read.DutiesResponse.OpenDutyResponse;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.Phase;
import org.incidenttimeline.core.event.RunbookId;
import org.incidenttimeline.core.event.Text;
import org.incidenttimeline.projections.duties.Duties;
import org.incidenttimeline.projections.incident.IncidentView;
import org.incidenttimeline.projections.rhythm.Beat;
import org.incidenttimeline.projections.rhythm.Rhythm;

/** Which beats are done, and what to do now. */
record RhythmResponse(
        IncidentId incidentId,
        long version,
        Phase phase,
        Optional<NextStepResponse> next,
        List<FollowingResponse> following,
        List<OpenDutyResponse> duties,
        List<BeatResponse> beats) {
    /** The one thing to do next, and the command that records it. */
    record NextStepResponse(Beat.Name beat, String command, String instruction, String because) {}

    /** The first step of a runbook that is followed of which nothing is told yet. */
    record FollowingResponse(RunbookId runbookId, int revision, int step, Text action) {}

    /** A beat; {@code restsOn} are numbers of timeline entries. */
    record BeatResponse(
            Beat.Name name, Beat.State state, Optional<String> notNeeded, List<Long> restsOn, List<String> missing) {}

    static RhythmResponse of(IncidentView view, Rhythm rhythm, Duties duties) {
        return new RhythmResponse(
                view.incidentId(),
                view.version(),
                view.phase(),
                rhythm.next().map(n -> new NextStepResponse(n.beat(), n.command(), n.instruction(), n.because())),
                view.phase().isOpen() ? following(view) : List.of(),
                OpenDutyResponse.of(duties),
                rhythm.beats().stream()
                        .map(b -> new BeatResponse(b.name(), b.state(), b.notNeeded(), b.restsOn(), b.missing()))
                        .toList());
    }

    private static List<FollowingResponse> following(IncidentView view) {
        return view.runbooks().stream()
                .flatMap(runbook -> runbook.next().stream()
                        .map(step -> new FollowingResponse(
                                runbook.runbookId(), runbook.revision(), step.number(), step.action())))
                .toList();
    }
}
