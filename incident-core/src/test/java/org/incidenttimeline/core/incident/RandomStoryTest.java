package org.incidenttimeline.core.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidenttimeline.core.incident.Story.*;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.incidenttimeline.core.command.IncidentCommand;
import org.incidenttimeline.core.command.IncidentCommand.*;
import org.incidenttimeline.core.event.*;
import org.incidenttimeline.core.event.ItemId.*;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is asked, in whatever order: what the rules let happen keeps the promises that the rules exist for. */
class RandomStoryTest {
    private static final int COMMANDS = 400;
    private static final List<IncidentCommand> KNOWN = WholeRhythm.commands();

    static LongStream seeds() {
        return new SplittableRandom(42).longs(100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void an_incident_never_gets_where_no_rule_would_let_it(long seed) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var story = Story.of(declare());
        int refused = 0;
        for (int i = 0; i < COMMANDS; i++) {
            var before = story.incident();
            try {
                var events = story.tell(any(random));
                assertThat(story.incident().version()).isEqualTo(before.version() + events.size());
            } catch (RefusedException e) {
                refused++;
                assertThat(story.incident()).isSameAs(before);
            }
            assertPromisesKept(story.incident());
        }
        assertThat(refused).isBetween(1, COMMANDS - 1);
        assertSameWhenReplayed(story);
    }

    private static void assertPromisesKept(Incident incident) {
        assertThat(incident.holders(Role.LEAD)).hasSize(1);
        if (incident.phase().isEnded()) {
            assertThat(incident.freezesOn()).isEmpty();
        }
        if (incident.phase() == Phase.CLOSED) {
            assertThat(incident.isPostmortemPublished()).isTrue();
        }
        if (incident.phase() == Phase.MITIGATING) {
            assertThat(incident.runningMitigations()).isNotEmpty();
        }
        incident.primary()
                .ifPresent(p -> assertThat(incident.hypotheses().get(p))
                        .isIn(Incident.HypothesisStatus.OPEN, Incident.HypothesisStatus.CONFIRMED));
    }

    private static void assertSameWhenReplayed(Story story) {
        var replayed = Incident.undeclared();
        for (var event : story.events()) {
            replayed = replayed.evolve(event);
        }
        assertThat(replayed).usingRecursiveComparison().isEqualTo(story.incident());
    }

    /** A command of the whole rhythm, or one about things of which some exist and some do not. */
    private static IncidentCommand any(RandomGenerator random) {
        int some = random.nextInt(1, 4);
        return switch (random.nextInt(12)) {
            case 0 -> beginTest(some);
            case 1 ->
                conclude(
                        some,
                        random.nextBoolean() ? TestConclusion.CONFIRMED : TestConclusion.REFUTED,
                        EvidenceId.number(1));
            case 2 -> makePrimary(some);
            case 3 -> mitigate();
            case 4 -> complete(some, MitigationOutcome.EFFECTIVE);
            case 5 -> fail(some, MitigationOutcome.HARMFUL);
            case 6 -> rollBack(some);
            case 7 -> new LiftFreeze(ID, THEN, FreezeId.number(some), text("stable"));
            case 8 -> verify();
            case 9 ->
                new HandOverRole(ID, THEN, Role.LEAD, some == 1 ? ANA : BEN, some == 1 ? BEN : ANA, Optional.empty());
            default -> KNOWN.get(random.nextInt(KNOWN.size()));
        };
    }
}
