package org.incidenttimeline.projections.freezes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidenttimeline.projections.Facts.*;

import java.util.Optional;
import org.incidenttimeline.core.event.Environment;
import org.incidenttimeline.core.event.IncidentEvent;
import org.incidenttimeline.core.event.Mode;
import org.incidenttimeline.core.event.Reference;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.event.Visibility;
import org.junit.jupiter.api.Test;

class FreezeFoldTest {
    private static FreezeCheck check(Optional<Reference> change, IncidentEvent... events) {
        return FreezeCheck.of(new FreezeFold().replay(history(events)).all(), CHECKOUT, PRODUCTION, change);
    }

    @Test
    void a_freeze_covers_its_scope_whatever_the_case_of_the_names() {
        assertThat(check(Optional.empty(), declared("14:10"), frozen(1, "14:20", "CheckOut", "PRODUCTION"))
                        .frozen())
                .isTrue();
        assertThat(check(Optional.empty(), declared("14:10"), frozen(1, "14:20", "*", "*"))
                        .frozen())
                .isTrue();
        assertThat(check(Optional.empty(), declared("14:10"), frozen(1, "14:20", "search", "*"))
                        .frozen())
                .isFalse();
    }

    @Test
    void an_exception_lets_its_change_pass_and_no_other() {
        var events = new IncidentEvent[] {
            declared("14:10"), frozen(1, "14:20", "checkout", "*"), exception(1, 1, "14:30", "CHG-7")
        };

        var named = check(Optional.of(new Reference("CHG-7")), events);
        assertThat(named.frozen()).isFalse();
        assertThat(named.letting()).hasSize(1);
        assertThat(check(Optional.of(new Reference("CHG-8")), events).frozen()).isTrue();
        assertThat(check(Optional.empty(), events).frozen()).isTrue();
    }

    @Test
    void an_exception_of_one_freeze_does_not_pass_another() {
        var check = check(
                Optional.of(new Reference("CHG-7")),
                declared("14:10"),
                frozen(1, "14:20", "checkout", "*"),
                exception(1, 1, "14:30", "CHG-7"),
                frozen(2, "14:40", "*", "production"));

        assertThat(check.frozen()).isTrue();
        assertThat(check.forbidding()).extracting(f -> f.freezeId().value()).containsExactly("freeze-2");
    }

    @Test
    void a_freeze_ends_when_it_is_lifted_and_not_at_its_expected_end() {
        var freeze = new FreezeFold()
                .replay(history(declared("14:10"), frozen(1, "14:20", "checkout", "*")))
                .all()
                .getFirst();

        assertThat(freeze.isOn()).isTrue();
        assertThat(freeze.isOverdueToBeLifted(instant("16:00"))).isFalse();
        assertThat(freeze.isOverdueToBeLifted(instant("16:01"))).isTrue();
        assertThat(check(Optional.empty(), declared("14:10"), frozen(1, "14:20", "checkout", "*"), lifted(1, "15:00"))
                        .frozen())
                .isFalse();
    }

    @Test
    void only_a_live_incident_freezes_real_deployments() {
        for (Mode mode : Mode.values()) {
            var check = check(Optional.empty(), declared("14:10", mode, Visibility.OPEN), frozen(1, "14:20", "*", "*"));

            assertThat(check.frozen()).as(mode.name()).isEqualTo(mode == Mode.LIVE);
        }
    }

    @Test
    void a_correction_reaches_the_reason() {
        var freeze = new FreezeFold()
                .replay(history(
                        declared("14:10"),
                        frozen(1, "14:20", "checkout", "*"),
                        corrected(2, Optional.of(text("only the pool may move")), Optional.empty())))
                .all()
                .getFirst();

        assertThat(freeze.reason()).isEqualTo(text("only the pool may move"));
        assertThat(freeze.scope().covers(new ServiceName("Checkout"), new Environment("staging")))
                .isTrue();
    }
}
