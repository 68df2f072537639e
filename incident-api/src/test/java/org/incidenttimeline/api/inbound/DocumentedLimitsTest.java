package org.incidenttimeline.api.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.incidenttimeline.api.limit.Limits;
import org.junit.jupiter.api.Test;

/** The page about deliveries has the numbers and the kinds that the program has. */
class DocumentedLimitsTest {
    @Test
    void every_limit_and_every_kind_is_documented() throws IOException {
        var page = Files.readString(Path.of("../docs/api/inbound.md"));

        assertThat(page)
                .contains(
                        "More than " + Limits.UNPROVEN_DELIVERIES_A_MINUTE + " of these a minute from one address",
                        "At most " + Limits.SOURCE_MAPPINGS + " names",
                        "may lie " + Limits.SIGNATURE_AGE.toMinutes() + " minutes from our clock",
                        "beyond the first " + Limits.ALERTS,
                        "a batch of at most " + Limits.CLOUD_EVENTS,
                        "kept for " + Limits.DEPLOYMENTS_KEPT.toDays() + " days",
                        "the newest " + Limits.CHANGES_RECORDED,
                        "the newest " + Limits.DEPLOYMENTS,
                        "for " + Limits.ALERT_GROUPS_KEPT.toDays() + " days");
        assertThat(Arrays.stream(SourceKind.values())).allMatch(kind -> page.contains("`" + kind + "`"));
    }
}
