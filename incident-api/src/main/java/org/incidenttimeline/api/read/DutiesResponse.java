package org.incidenttimeline.api.read;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.incidenttimeline.core.duty.Anchor;
import org.incidenttimeline.core.duty.DutyFacts.Fact;
import org.incidenttimeline.core.event.ClassificationName;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.Mode;
import org.incidenttimeline.core.event.Reference;
import org.incidenttimeline.core.event.RegimeName;
import org.incidenttimeline.core.event.StageName;
import org.incidenttimeline.core.event.Title;
import org.incidenttimeline.projections.duties.Duties;
import org.incidenttimeline.projections.duties.Duties.Duty;
import org.incidenttimeline.projections.incident.IncidentView;

/** Which reports an incident asks for, by when, and what became of each. In a drill the clocks are practised. */
record DutiesResponse(
        IncidentId incidentId,
        long version,
        Mode mode,
        Optional<FactResponse> awareness,
        List<RegimeResponse> regimes) {

    /** When something was, and the entry that claims it. */
    record FactResponse(TimeResponse at, long entry) {
        static FactResponse of(Fact fact) {
            return new FactResponse(TimeResponse.of(fact.occurredAt()), fact.entry());
        }
    }

    /** A regime, and how the incident was classified for it last. */
    record RegimeResponse(
            RegimeName regime,
            Title title,
            Duties.Standing standing,
            Optional<ClassificationName> classification,
            Optional<FactResponse> classified,
            List<DutyResponse> stages) {}

    /** One report; {@code minutesLeft} counts down to the deadline and is negative behind it. */
    record DutyResponse(
            StageName stage,
            Title title,
            Duties.State state,
            Optional<AnchorResponse> anchor,
            Optional<Instant> dueAt,
            OptionalLong minutesLeft,
            Optional<SubmissionResponse> submission,
            int repeated,
            Reference article,
            Reference reference) {
        static DutyResponse of(Duty duty, Instant now) {
            return new DutyResponse(
                    duty.stage().name(),
                    duty.stage().title(),
                    duty.state(),
                    duty.clock()
                            .map(clock -> new AnchorResponse(
                                    clock.anchor(),
                                    TimeResponse.of(clock.since().occurredAt()),
                                    clock.since().entry())),
                    duty.dueAt(),
                    duty.dueAt()
                            .filter(_ -> duty.isOpen())
                            .map(due -> OptionalLong.of(Duties.minutesLeft(now, due)))
                            .orElse(OptionalLong.empty()),
                    duty.submission()
                            .map(s -> new SubmissionResponse(
                                    TimeResponse.of(s.fact().occurredAt()),
                                    s.recipient(),
                                    s.receipt(),
                                    s.fact().entry())),
                    duty.repeated(),
                    duty.stage().article(),
                    duty.stage().reference());
        }
    }

    /** What a clock runs from. */
    record AnchorResponse(Anchor name, TimeResponse at, long entry) {}

    /** A report that was made. */
    record SubmissionResponse(TimeResponse at, Title recipient, Optional<Reference> receipt, long entry) {}

    static DutiesResponse of(IncidentView view, Duties duties, Instant now) {
        return new DutiesResponse(
                view.incidentId(),
                view.version(),
                view.mode(),
                duties.awareness().map(FactResponse::of),
                duties.regimes().stream()
                        .map(of -> new RegimeResponse(
                                of.regime().name(),
                                of.regime().title(),
                                of.standing(),
                                of.classified().map(c -> c.as()),
                                of.classified().map(c -> FactResponse.of(c.fact())),
                                of.duties().stream()
                                        .map(duty -> DutyResponse.of(duty, now))
                                        .toList()))
                        .toList());
    }

    /** A deadline that runs, or ran out without a report. */
    record OpenDutyResponse(RegimeName regime, StageName stage, Duties.State state, Instant dueAt) {
        static List<OpenDutyResponse> of(Duties duties) {
            return duties.open().stream()
                    .map(open -> new OpenDutyResponse(
                            open.regime(),
                            open.duty().stage().name(),
                            open.duty().state(),
                            open.dueAt()))
                    .toList();
        }
    }
}
