package org.incidenttimeline.projections.statusboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidenttimeline.projections.Facts.*;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.incidenttimeline.core.event.Audience;
import org.incidenttimeline.core.event.IncidentEvent;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.ItemId.HypothesisId;
import org.incidenttimeline.core.event.ItemId.MitigationId;
import org.incidenttimeline.core.event.MitigationOutcome;
import org.incidenttimeline.core.event.Mode;
import org.incidenttimeline.core.event.Phase;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.core.event.Severity;
import org.incidenttimeline.core.event.Visibility;
import org.incidenttimeline.projections.RandomHistory;
import org.incidenttimeline.projections.incident.IncidentFold;
import org.incidenttimeline.projections.incident.IncidentView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StatusCardFoldTest {
    private static StatusCard card(IncidentEvent... events) {
        return new StatusCardFold().replay(history(events)).orElseThrow();
    }

    @Test
    void the_card_follows_the_response() {
        var card = card(
                declared("14:10"),
                frozen(1, "14:15", "checkout", "*"),
                proposed(1, "14:20", "the pool"),
                chosen(1, "14:25"),
                mitigationBegun(1, "14:30", Optional.empty()));

        assertThat(card.phase()).isEqualTo(Phase.MITIGATING);
        assertThat(card.frozen()).isTrue();
        assertThat(card.lead()).isEqualTo(ANA);
        assertThat(card.primaryHypothesis().orElseThrow().text()).isEqualTo(text("the pool"));
        assertThat(card.mitigations()).containsOnlyKeys(MitigationId.number(1));
        assertThat(card.version()).isEqualTo(5);
        assertThat(card.position()).isEqualTo(5);
    }

    @Test
    void a_mitigation_leaves_the_card_when_it_ends() {
        var card = card(
                declared("14:10"),
                mitigationBegun(1, "14:30", Optional.empty()),
                mitigated(1, "14:40", MitigationOutcome.EFFECTIVE));

        assertThat(card.mitigations()).isEmpty();
        assertThat(card.phase()).isEqualTo(Phase.VERIFYING);
    }

    @Test
    void each_audience_has_its_own_next_update() {
        var card = card(
                declared("14:10"),
                update(1, "14:15", "14:30", Audience.SUPPORT, Audience.CUSTOMERS),
                update(2, "14:20", "15:00", Audience.SUPPORT),
                missed("14:31", Audience.CUSTOMERS, "14:30"));

        assertThat(card.due())
                .containsEntry(Audience.SUPPORT, new StatusCard.Due(instant("15:00"), false))
                .containsEntry(Audience.CUSTOMERS, new StatusCard.Due(instant("14:30"), true));
        assertThat(card.isOverdue(instant("14:00"))).isTrue();
    }

    @Test
    void an_update_is_overdue_by_the_time_of_asking() {
        var card = card(declared("14:10"), update(1, "14:15", "14:30", Audience.SUPPORT));

        assertThat(card.isOverdue(instant("14:30"))).isFalse();
        assertThat(card.isOverdue(instant("14:31"))).isTrue();
    }

    @Test
    void the_last_update_promises_nothing() {
        var card = card(
                declared("14:10"),
                update(1, "14:15", "14:30", Audience.SUPPORT),
                update(2, "14:29", "", Audience.SUPPORT));

        assertThat(card.due()).isEmpty();
        assertThat(card.lastUpdate().orElseThrow().source().entry()).isEqualTo(3);
    }

    @Test
    void corrected_words_are_shown() {
        var card = card(
                declared("14:10"),
                proposed(1, "14:20", "the pool"),
                chosen(1, "14:25"),
                corrected(2, Optional.of(text("the pool of checkout")), Optional.of(at("14:21"))));

        assertThat(card.primaryHypothesis().orElseThrow().text()).isEqualTo(text("the pool of checkout"));
        assertThat(card.primaryHypothesis().orElseThrow().source().occurredAt()).isEqualTo(at("14:21"));
    }

    @Test
    void long_words_are_cut_and_never_within_a_character() {
        var words = "x".repeat(498) + "\uD83D\uDD25".repeat(50);
        var card = card(declared("14:10"), proposed(1, "14:20", words), chosen(1, "14:25"));

        var shown = card.primaryHypothesis().orElseThrow().text().value();
        assertThat(shown).isEqualTo("x".repeat(498) + "…");
    }

    @Test
    void the_board_shows_the_worst_first_then_the_oldest_and_none_that_is_over() {
        var sev2 = card(declared("14:10"));
        var older = renamed(card(declared("14:00")), "older", Severity.SEV2);
        var sev1 = renamed(card(declared("15:00")), "worst", Severity.SEV1);
        var over = renamed(card(declared("13:00"), closed("14:00")), "over", Severity.SEV1);

        var board = new StatusBoard(9, instant("16:00"), List.of(sev2, over, older, sev1));

        assertThat(board.cards())
                .extracting(c -> c.incidentId().value())
                .containsExactly("worst", "older", "checkout-down");
    }

    @Test
    void the_board_for_everyone_has_no_restricted_incident() {
        var restricted = card(declared("14:10", Mode.LIVE, Visibility.RESTRICTED));
        var board = new StatusBoard(1, instant("16:00"), List.of(restricted));

        assertThat(board.cards()).hasSize(1);
        assertThat(board.withoutRestricted().cards()).isEmpty();
    }

    private static StatusCard renamed(StatusCard c, String id, Severity severity) {
        return new StatusCard(
                new IncidentId(id),
                c.version(),
                c.position(),
                c.title(),
                severity,
                c.progress(),
                c.mode(),
                c.visibility(),
                c.services(),
                c.lead(),
                c.named(),
                c.declared(),
                c.impact(),
                c.freezes(),
                c.inquiry(),
                c.hypotheses(),
                c.mitigations(),
                c.lastUpdate(),
                c.due());
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 20);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void the_card_and_the_incident_tell_the_same(long seed) {
        List<RecordedEvent> events = RandomHistory.of(seed, 120);
        for (int i = 1; i <= events.size(); i++) {
            var card = new StatusCardFold().replay(events.subList(0, i)).orElseThrow();
            var view = new IncidentFold().replay(events.subList(0, i)).orElseThrow();

            assertThat(card.phase()).isEqualTo(view.phase());
            assertThat(card.severity()).isEqualTo(view.severity());
            assertThat(card.declared()).isEqualTo(view.declared());
            assertThat(card.freezes())
                    .isEqualTo(view.freezesOn().stream().map(f -> f.freezeId()).collect(Collectors.toSet()));
            assertThat(card.mitigations().keySet())
                    .isEqualTo(view.mitigations().stream()
                            .filter(m -> m.status() == IncidentView.MitigationStatus.RUNNING)
                            .map(IncidentView.Mitigation::mitigationId)
                            .collect(Collectors.toSet()));
            for (HypothesisId id : card.hypotheses().keySet()) {
                var hypothesis = view.hypotheses().stream()
                        .filter(h -> h.hypothesisId().equals(id))
                        .findFirst()
                        .orElseThrow();
                assertThat(card.inquiry().statusOf(id)).isEqualTo(hypothesis.status());
                assertThat(card.hypotheses().get(id))
                        .extracting(StatusCard.Said::text)
                        .isEqualTo(hypothesis.statement());
            }
        }
    }
}
