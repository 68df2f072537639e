package org.incidenttimeline.core.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidenttimeline.core.axon.IncidentAggregateTest.Told.told;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.incidenttimeline.core.command.BatchRefused;
import org.incidenttimeline.core.command.CommandBatch;
import org.incidenttimeline.core.command.IncidentCommand;
import org.incidenttimeline.core.command.NotAccepted;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.IncidentEvent;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Provenance;
import org.incidenttimeline.core.incident.Story;
import org.incidenttimeline.core.incident.WholeRhythm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shell: Axon finds a handler for every command, and what the rules decide is what is applied. */
class IncidentAggregateTest {
    private static final Provenance ANA = new Provenance(
            new Actor(new Person("ana"), Actor.Kind.HUMAN),
            Optional.of(new Person("zoe")),
            "none",
            "command-1",
            Optional.empty(),
            "c",
            "c");

    private AggregateTestFixture<IncidentAggregate> fixture;

    /** A command, what had been told before it, and what follows from it. */
    record Told(List<IncidentEvent> before, IncidentCommand command, List<IncidentEvent> events) {
        static List<Told> told(List<IncidentCommand> commands) {
            var all = new ArrayList<Told>();
            var story = Story.of();
            for (var command : commands) {
                all.add(new Told(story.events(), command, story.tell(command)));
            }
            return all;
        }

        @Override
        public String toString() {
            return command.getClass().getSimpleName();
        }
    }

    static Stream<Told> wholeRhythm() {
        return Stream.of(WholeRhythm.commands(), WholeRhythm.afterwards()).flatMap(commands -> told(commands).stream());
    }

    @BeforeEach
    void setUp() {
        fixture = new AggregateTestFixture<>(IncidentAggregate.class);
        fixture.registerCommandTargetResolver(new StreamTargetResolver());
        // What the state holds is private to the rules; they replace it as a whole and never change it in place.
        fixture.setReportIllegalStateChange(false);
    }

    @Test
    void every_command_has_exactly_one_handler() {
        var handled = Arrays.stream(IncidentAggregate.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(CommandHandler.class))
                .map(method -> method.getParameterTypes()[0]);

        assertThat(handled)
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                Arrays.stream(IncidentCommand.class.getPermittedSubclasses()),
                                Stream.of(CommandBatch.class))
                        .toList());
    }

    @Test
    void the_whole_rhythm_has_every_command() {
        assertThat(wholeRhythm().<Object>map(told -> told.command().getClass()).distinct())
                .containsExactlyInAnyOrder((Object[]) IncidentCommand.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("wholeRhythm")
    void a_command_leads_to_what_the_rules_decide(Told told) {
        fixture.given(told.before())
                .when(told.command(), submission(OptionalLong.empty()).asMetaData())
                .expectSuccessfulHandlerExecution()
                .expectEvents(told.events().toArray());
    }

    @Test
    void a_refusal_applies_nothing() {
        var declaration = Story.declare();

        fixture.given(Story.of(declaration).events())
                .when(declaration, submission(OptionalLong.empty()).asMetaData())
                .expectNoEvents()
                .expectException(BatchRefused.class);
    }

    @Test
    void a_version_that_moved_on_applies_nothing() {
        fixture.given(Story.of(Story.declare()).events())
                .when(Story.verify(), submission(OptionalLong.of(2)).asMetaData())
                .expectNoEvents()
                .expectException(NotAccepted.class);
    }

    @Test
    void the_version_expected_lets_the_command_through() {
        fixture.given(Story.of(Story.declare()).events())
                .when(Story.verify(), submission(OptionalLong.of(1)).asMetaData())
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void events_say_where_they_came_from() {
        fixture.givenNoPriorActivity()
                .when(Story.declare(), submission(OptionalLong.empty()).asMetaData())
                .expectEventsMatching(org.axonframework.test.matchers.Matchers.exactSequenceOf(
                        org.axonframework.test.matchers.Matchers.predicate(message ->
                                MetaDataOf.provenance(message.getMetaData()).equals(ANA))));
    }

    private static Submission submission(OptionalLong expectedVersion) {
        return new Submission(ANA, Story.NOW, expectedVersion, Optional.empty());
    }
}
