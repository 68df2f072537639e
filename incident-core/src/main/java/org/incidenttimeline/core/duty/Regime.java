package org.incidenttimeline.core.duty;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.incidenttimeline.core.event.ClassificationName;
import org.incidenttimeline.core.event.InvalidValue;
import org.incidenttimeline.core.event.RegimeName;
import org.incidenttimeline.core.event.Reportability;
import org.incidenttimeline.core.event.StageName;
import org.incidenttimeline.core.event.Title;

/**
 * A body of rules that asks for reports, as its template says.
 *
 * @param classifications the words of the regime, and whether each means that it asks for reports
 * @param stages the reports, in their order; a clock runs from a stage before its own
 */
public record Regime(RegimeName name, Title title, List<Classification> classifications, List<Stage> stages) {
    private static final int MOST = 50;

    /** A word of the regime. */
    public record Classification(ClassificationName name, Reportability decision) {}

    public Regime {
        classifications = List.copyOf(classifications);
        stages = List.copyOf(stages);
        if (stages.isEmpty() || stages.size() > MOST || classifications.size() > MOST) {
            throw new InvalidValue("must have 1 to " + MOST + " stages and at most " + MOST + " classifications");
        }
        for (var decision : Reportability.values()) {
            if (classifications.stream().noneMatch(c -> c.decision() == decision)) {
                throw new InvalidValue("must have a classification that means " + decision);
            }
        }
        var words = new HashSet<ClassificationName>();
        for (var classification : classifications) {
            if (!words.add(classification.name())) {
                throw new InvalidValue("must not have the classification " + classification.name() + " twice");
            }
        }
        var before = new HashSet<StageName>();
        for (var stage : stages) {
            requireKnown(stage, words, before);
            if (!before.add(stage.name())) {
                throw new InvalidValue("must not have the stage " + stage.name() + " twice");
            }
        }
    }

    private static void requireKnown(Stage stage, Set<ClassificationName> words, Set<StageName> before) {
        stage.onlyFor().stream()
                .filter(word -> !words.contains(word))
                .findFirst()
                .ifPresent(word -> {
                    throw new InvalidValue("must know the classification " + word + " of the stage " + stage.name());
                });
        stage.clocks().stream()
                .flatMap(clock -> clock.of().stream())
                .filter(of -> !before.contains(of))
                .findFirst()
                .ifPresent(of -> {
                    throw new InvalidValue("must have the stage " + of + " before the stage " + stage.name()
                            + ", whose clock runs from it");
                });
    }

    public Optional<Stage> stage(StageName stage) {
        return stages.stream().filter(s -> s.name().equals(stage)).findFirst();
    }

    /** Whether that word is one of the regime, and means that. */
    public boolean means(ClassificationName word, Reportability decision) {
        return classifications.contains(new Classification(word, decision));
    }

    /**
     * When a report is due that is asked for and was not made; empty too where it is recorded that this deadline was missed.
     */
    public Optional<Instant> openDeadline(Stage stage, DutyFacts facts) {
        var known = facts.of(name);
        boolean asked = known.classified()
                .filter(c -> c.decision() == Reportability.REPORTABLE && stage.isFor(c.as()))
                .isPresent();
        return asked && known.submissions(stage.name()).isEmpty()
                ? stage.running(name, facts)
                        .flatMap(DutyClock.Running::dueAt)
                        .filter(due -> !known.isMissed(stage.name(), due))
                : Optional.empty();
    }
}
