package org.incidenttimeline.core.duty;

import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.duty.Regime.Classification;
import org.incidenttimeline.core.event.ClassificationName;
import org.incidenttimeline.core.event.Reference;
import org.incidenttimeline.core.event.RegimeName;
import org.incidenttimeline.core.event.Reportability;
import org.incidenttimeline.core.event.StageName;
import org.incidenttimeline.core.event.Title;

/** A template for tests that has every kind of clock. */
public final class Regimes {
    public static final StageName FIRST = new StageName("first");
    public static final StageName SECOND = new StageName("second");
    public static final StageName LAST = new StageName("last");
    public static final StageName PEOPLE = new StageName("people");
    public static final ClassificationName GRAVE = new ClassificationName("grave");
    public static final ClassificationName GRAVEST = new ClassificationName("gravest");
    public static final ClassificationName SLIGHT = new ClassificationName("slight");

    /** Within 4 hours of the classification and 24 of the awareness; 72 hours later; a month after the latest; no clock. */
    public static final Regime BANK = regime(
            "BANK",
            stage(FIRST, List.of(), clock(Anchor.CLASSIFICATION, "PT4H"), clock(Anchor.AWARENESS, "PT24H")),
            stage(SECOND, List.of(), new DutyClock(Anchor.SUBMISSION, Optional.of(FIRST), limit("PT72H"))),
            stage(LAST, List.of(), new DutyClock(Anchor.LATEST_SUBMISSION, Optional.of(SECOND), limit("P1M"))),
            stage(PEOPLE, List.of(GRAVEST), new DutyClock(Anchor.AWARENESS, Optional.empty(), Optional.empty())));

    private Regimes() {}

    public static Regime regime(String name, Stage... stages) {
        return new Regime(
                new RegimeName(name),
                new Title("The rules of the " + name),
                List.of(
                        new Classification(GRAVE, Reportability.REPORTABLE),
                        new Classification(GRAVEST, Reportability.REPORTABLE),
                        new Classification(SLIGHT, Reportability.NOT_REPORTABLE)),
                List.of(stages));
    }

    public static Stage stage(StageName name, List<ClassificationName> onlyFor, DutyClock... clocks) {
        return new Stage(
                name,
                new Title("The report " + name),
                List.of(clocks),
                onlyFor,
                new Reference("Art. 1"),
                new Reference("Regulation 1/2020"));
    }

    public static DutyClock clock(Anchor from, String within) {
        return new DutyClock(from, Optional.empty(), limit(within));
    }

    private static Optional<TimeLimit> limit(String within) {
        return Optional.of(new TimeLimit(within));
    }
}
