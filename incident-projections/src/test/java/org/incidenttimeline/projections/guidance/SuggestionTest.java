package org.incidenttimeline.projections.guidance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.incidenttimeline.projections.Facts.*;
import static org.incidenttimeline.projections.guidance.Recordings.runbook;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.event.IncidentEvent;
import org.incidenttimeline.core.event.ItemId.SymptomId;
import org.incidenttimeline.core.event.RunbookContent;
import org.incidenttimeline.core.event.RunbookId;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.event.SymptomSource;
import org.incidenttimeline.core.event.SymptomState;
import org.incidenttimeline.projections.incident.IncidentFold;
import org.incidenttimeline.projections.incident.IncidentView;
import org.junit.jupiter.api.Test;

/** The incident of these tests is "Checkout is down" of the service checkout, where "payments fail". */
class SuggestionTest {
    private static IncidentView incident(IncidentEvent... more) {
        var events = new ArrayList<IncidentEvent>(List.of(declared("14:10")));
        events.addAll(Arrays.asList(more));
        return new IncidentFold()
                .replay(history(events.toArray(IncidentEvent[]::new)))
                .orElseThrow();
    }

    private static List<Suggestion> suggested(IncidentView incident, RunbookContent... runbooks) {
        var all = new ArrayList<Recognition>();
        for (var content : runbooks) {
            all.add(Recognition.of(new RunbookId("runbook-" + (all.size() + 1)), 1, content));
        }
        return Suggestion.of(incident, all);
    }

    @Test
    void a_runbook_for_the_service_is_suggested_whatever_its_symptoms() {
        var found = suggested(incident(), runbook("Restart", "CheckOut", "The pool is exhausted"));

        assertThat(found).singleElement().satisfies(s -> {
            assertThat(s.services()).containsExactly(CHECKOUT);
            assertThat(s.symptoms()).isEmpty();
            assertThat(s.score()).isEqualTo(10);
        });
    }

    @Test
    void a_symptom_is_recognised_by_two_words_whatever_their_case_and_number_and_the_words_are_told() {
        var found = suggested(
                incident(symptom(1, "14:12", "The replications LAG since noon")),
                runbook("Lag", "database", "Replication lags", "The disk of the primary is full"));

        assertThat(found).singleElement().satisfies(s -> {
            assertThat(s.services()).isEmpty();
            assertThat(s.symptoms()).singleElement().satisfies(recognised -> {
                assertThat(recognised.symptom()).isEqualTo(text("Replication lags"));
                assertThat(recognised.words()).containsExactly("replication", "lag");
            });
            assertThat(s.score()).isEqualTo(2);
        });
    }

    @Test
    void one_word_of_several_and_words_that_say_nothing_recognise_nothing() {
        assertThat(suggested(
                        incident(symptom(1, "14:12", "There are not the replicas that there were")),
                        runbook("Lag", "database", "There are not the locks that there were", "Replicas diverge")))
                .isEmpty();
        assertThat(suggested(incident(symptom(1, "14:12", "Deadlocks")), runbook("Locks", "database", "Deadlock")))
                .hasSize(1);
    }

    @Test
    void what_still_works_is_no_symptom() {
        var working = new IncidentEvent.SymptomRecorded(
                INCIDENT,
                at("14:12"),
                SymptomId.number(1),
                SymptomState.STILL_WORKS,
                text("replication lag is low"),
                SymptomSource.METRIC,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        assertThat(suggested(incident(working), runbook("Lag", "database", "Replication lag grows")))
                .isEmpty();
    }

    @Test
    void a_runbook_for_any_service_needs_a_symptom() {
        assertThat(suggested(incident(), runbook("Any", "*", "Disk is full"))).isEmpty();
        assertThat(suggested(incident(), runbook("Any", "*", "Payments fail at once")))
                .singleElement()
                .satisfies(s -> assertThat(s.services()).isEmpty());
    }

    @Test
    void a_script_without_spaces_is_recognised_by_pairs_of_characters() {
        assertThat(suggested(incident(symptom(1, "14:12", "データベースの複製が遅延している")), runbook("遅延", "database", "複製の遅延")))
                .hasSize(1);
    }

    @Test
    void the_best_comes_first_and_what_matches_nothing_does_not_come() {
        var found = suggested(
                incident(symptom(1, "14:12", "Cards are declined by the gateway")),
                runbook("Nothing", "search", "The index is corrupt"),
                runbook("Symptom only", "gateway", "Cards are declined"),
                runbook("Service", "checkout", "The pool is exhausted"),
                runbook("Both", "checkout", "Cards are declined"));

        assertThat(found)
                .extracting(s -> s.runbook().title().value(), Suggestion::score)
                .containsExactly(tuple("Both", 12), tuple("Service", 10), tuple("Symptom only", 2));
    }

    @Test
    void equals_come_in_the_order_of_their_names() {
        var found = suggested(
                incident(), runbook("A", "checkout", "The pool is exhausted"), runbook("B", "checkout", "It is slow"));

        assertThat(found).extracting(s -> s.runbook().runbookId().value()).containsExactly("runbook-1", "runbook-2");
        assertThat(found.getFirst().services()).containsExactly(new ServiceName("checkout"));
    }
}
