package org.incidenttimeline.projections.milestones;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.event.Precision;

/**
 * A named length of time between two milestones. The definitions are data; changing one changes every figure ever
 * computed from it.
 *
 * @param name how people call it
 * @param ifNegative what a negative value means
 */
public record Measurement(String name, Milestone.Name from, Milestone.Name to, String description, String ifNegative) {

    /** What is measured, in the order in which a response meets it. */
    public static final List<Measurement> ALL = List.of(
            new Measurement(
                    "time to detect",
                    Milestone.Name.STARTED,
                    Milestone.Name.DETECTED,
                    "from the first impact until it came to be known",
                    "detected before impact"),
            new Measurement(
                    "time to declare",
                    Milestone.Name.DETECTED,
                    Milestone.Name.DECLARED,
                    "from detection until the incident was declared",
                    "declared before detection"),
            new Measurement(
                    "time to acknowledge",
                    Milestone.Name.DETECTED,
                    Milestone.Name.ACKNOWLEDGED,
                    "from detection until a person first acted",
                    "acknowledged before detection"),
            new Measurement(
                    "time to first update",
                    Milestone.Name.DECLARED,
                    Milestone.Name.FIRST_UPDATE,
                    "from the declaration until an audience was first told",
                    "told before declaration"),
            new Measurement(
                    "time to mitigate",
                    Milestone.Name.STARTED,
                    Milestone.Name.MITIGATED,
                    "from the first impact until the last effective mitigation was completed",
                    "mitigated before impact"),
            new Measurement(
                    "time to recover",
                    Milestone.Name.STARTED,
                    Milestone.Name.RECOVERED,
                    "from the first impact until the service was back",
                    "recovered before impact"),
            new Measurement(
                    "time to resolve",
                    Milestone.Name.DECLARED,
                    Milestone.Name.RESOLVED,
                    "from the declaration until the recovery was verified",
                    "resolved before declaration"),
            new Measurement(
                    "time to review",
                    Milestone.Name.RESOLVED,
                    Milestone.Name.REVIEW_HELD,
                    "from the verified recovery until the review",
                    "reviewed before resolution"),
            new Measurement(
                    "time to close",
                    Milestone.Name.DECLARED,
                    Milestone.Name.CLOSED,
                    "from the declaration until the record was finished",
                    "closed before declaration"));

    /** What a measurement gives for one incident. */
    public sealed interface Value {
        Measurement measurement();

        /**
         * A measured length.
         *
         * @param length may be negative; then {@code remark} says what that means
         * @param approximate whether an anchor is known less exactly than to the minute
         */
        record Measured(
                Measurement measurement,
                Milestone from,
                Milestone to,
                Duration length,
                boolean approximate,
                Optional<String> remark)
                implements Value {}

        /**
         * Nothing that could be measured.
         *
         * @param missing the anchors that are not recorded, or whose time is not known
         */
        record NotRecorded(Measurement measurement, List<Milestone.Name> missing) implements Value {
            public NotRecorded {
                missing = List.copyOf(missing);
            }
        }
    }

    /** This measurement of one incident. */
    public Value of(Milestones milestones) {
        var start = milestones.get(from).filter(Measurement::isMeasurable);
        var end = milestones.get(to).filter(Measurement::isMeasurable);
        if (start.isEmpty() || end.isEmpty()) {
            return new Value.NotRecorded(
                    this,
                    List.of(from, to).stream()
                            .filter(n -> n == from ? start.isEmpty() : end.isEmpty())
                            .toList());
        }
        return between(start.get(), end.get());
    }

    /** A moment of which only the order is known has a place, and no time that could be measured from. */
    private static boolean isMeasurable(Milestone milestone) {
        return milestone.at().at().isPresent() && milestone.at().precision() != Precision.ORDER_ONLY;
    }

    private Value between(Milestone start, Milestone end) {
        var length =
                Duration.between(start.at().at().orElseThrow(), end.at().at().orElseThrow());
        boolean approximate =
                start.at().precision() != Precision.MINUTE || end.at().precision() != Precision.MINUTE;
        return new Value.Measured(
                this,
                start,
                end,
                length,
                approximate,
                length.isNegative() ? Optional.of(ifNegative) : Optional.empty());
    }
}
