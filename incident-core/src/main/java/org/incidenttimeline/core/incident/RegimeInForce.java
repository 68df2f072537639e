package org.incidenttimeline.core.incident;

import java.util.Map;
import java.util.stream.Collectors;
import org.incidenttimeline.core.duty.DutyTemplates;
import org.incidenttimeline.core.duty.Regime;
import org.incidenttimeline.core.event.RegimeName;

/** Which template a command means. */
public final class RegimeInForce {
    private RegimeInForce() {}

    /**
     * The template of that name.
     *
     * @throws RefusedException if the installation has none
     */
    public static Regime of(DutyTemplates templates, RegimeName name) {
        return templates.regime(name).orElseThrow(() -> {
            String known = templates.regimes().stream()
                    .map(regime -> regime.name().value())
                    .collect(Collectors.joining(", "));
            return Refusal.UNKNOWN_REGIME.because(
                    "There is no template for the regime " + name + ". There are: " + known + ".",
                    Map.of("field", "regime", "known", known));
        });
    }
}
