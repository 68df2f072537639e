package org.incidenttimeline.core.duty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.incidenttimeline.core.duty.Regimes.*;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.duty.Regime.Classification;
import org.incidenttimeline.core.event.ClassificationName;
import org.incidenttimeline.core.event.InvalidValue;
import org.incidenttimeline.core.event.RegimeName;
import org.incidenttimeline.core.event.Reportability;
import org.incidenttimeline.core.event.StageName;
import org.incidenttimeline.core.event.Title;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which templates there can be, and how long their limits are. */
class RegimeTest {
    @ParameterizedTest
    @CsvSource({
        "PT72H, 2026-03-02T14:00:00Z, 2026-03-05T14:00:00Z",
        "P1M, 2026-01-31T23:59:59Z, 2026-02-28T23:59:59Z",
        "P1M, 2028-01-31T10:00:00Z, 2028-02-29T10:00:00Z",
        "P1M, 2026-02-28T10:00:00Z, 2026-03-28T10:00:00Z",
        "P1M, 2026-03-29T00:30:00Z, 2026-04-29T00:30:00Z",
        "P5D, 2026-03-27T10:00:00Z, 2026-04-01T10:00:00Z",
        "P1DT12H, 2026-03-28T23:00:00Z, 2026-03-30T11:00:00Z"
    })
    void a_limit_ends_by_the_calendar_of_utc(String limit, Instant from, Instant end) {
        assertThat(new TimeLimit(limit).after(from)).isEqualTo(end);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "72h", "PT0S", "P0D", "-PT1H", "P-1M", "P11Y", "PT999999999999999999H", "P1W2"})
    void what_is_no_length_of_time_is_no_limit(String limit) {
        assertThatThrownBy(() -> new TimeLimit(limit)).isInstanceOf(InvalidValue.class);
    }

    @Test
    void a_clock_that_runs_from_a_submission_names_one_before_its_stage() {
        var clock = new DutyClock(Anchor.SUBMISSION, Optional.of(SECOND), Optional.empty());

        assertThatThrownBy(() -> regime("X", stage(FIRST, List.of(), clock)))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("second")
                .hasMessageContaining("first");
        assertThatThrownBy(() -> new DutyClock(Anchor.SUBMISSION, Optional.empty(), Optional.empty()))
                .isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> new DutyClock(Anchor.AWARENESS, Optional.of(FIRST), Optional.empty()))
                .isInstanceOf(InvalidValue.class);
    }

    @Test
    void a_stage_has_a_clock_and_its_classifications_are_those_of_the_regime() {
        var clock = clock(Anchor.AWARENESS, "PT1H");

        assertThatThrownBy(() -> stage(FIRST, List.of())).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> regime("X", stage(FIRST, List.of(new ClassificationName("dire")), clock)))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("dire");
        assertThatThrownBy(() -> regime("X", stage(FIRST, List.of(), clock), stage(FIRST, List.of(), clock)))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> regime("X")).isInstanceOf(InvalidValue.class);
    }

    @Test
    void a_regime_can_be_answered_with_either_decision() {
        assertThatThrownBy(() -> new Regime(
                        new RegimeName("X"),
                        new Title("x"),
                        List.of(new Classification(GRAVE, Reportability.REPORTABLE)),
                        List.of(stage(new StageName("s"), List.of(), clock(Anchor.AWARENESS, "PT1H")))))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("NOT_REPORTABLE");
    }

    @Test
    void a_candidate_is_a_regime_and_no_regime_is_there_twice() {
        assertThatThrownBy(() -> new DutyTemplates(List.of(BANK), List.of(new RegimeName("NIS3"))))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("NIS3");
        assertThatThrownBy(() -> new DutyTemplates(List.of(BANK, BANK), List.of()))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("BANK");
    }
}
