package org.incidenttimeline.api.retry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RetryLoadTest {
    @Test
    void of_what_is_sent_again_by_many_nothing_is_doubled_and_nothing_is_lost() throws Exception {
        var summary = RetryLoad.run(2_000);

        assertThat(summary.isClean()).as(summary.toString()).isTrue();
        assertThat(summary.retries()).isBetween(summary.posts() / 4, summary.posts() / 2);
        assertThat(summary.replayed()).isEqualTo(summary.retries());
        assertThat(summary.posts()).isBetween(1_900L, 2_000L);
    }
}
