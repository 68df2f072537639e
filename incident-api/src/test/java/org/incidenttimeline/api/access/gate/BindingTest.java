package org.incidenttimeline.api.access.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The service opens to a network only with encryption. */
class BindingTest {
    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", ""})
    void it_does_not_listen_to_a_network_without_tls(String address) {
        try (var database = TestDatabases.empty(Database.H2)) {
            assertThatThrownBy(() -> RunningService.on(database, Clock.systemUTC(), "--server.address=" + address))
                    .hasRootCauseInstanceOf(Binding.Unencrypted.class)
                    .satisfies(failure -> {
                        var told = new Binding.Analyzer().analyze(failure);
                        assertThat(told).isNotNull();
                        assertThat(told.getDescription()).contains("server.address");
                        assertThat(told.getAction()).contains("incident.behind-tls-proxy", "server.ssl");
                    });
        }
    }

    @Test
    void it_does_where_a_proxy_encrypts() {
        try (var database = TestDatabases.empty(Database.H2);
                var service = RunningService.on(
                        database, Clock.systemUTC(), "--server.address=0.0.0.0", "--incident.behind-tls-proxy=true")) {
            assertThat(service.get("/status-board").status()).isEqualTo(200);
        }
    }
}
