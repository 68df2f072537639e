package org.incidenttimeline.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import org.incidenttimeline.api.access.key.ApiKey;
import org.incidenttimeline.api.access.key.ApiKeys;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The key with which everything begins. */
class BootstrapKeyTest {
    @TempDir
    Path directory;

    private RunningService start(TestDatabase database, Path file) {
        return RunningService.on(database, Clock.systemUTC(), "--incident.bootstrap-key-file=" + file);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void the_first_start_writes_a_key_with_every_role_and_no_later_one_does(Database kind) throws IOException {
        var file = directory.resolve("keys/first");
        try (var database = TestDatabases.empty(kind)) {
            try (var service = start(database, file)) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
                var admin = service.with(Files.readString(file).strip());
                assertThat(admin.get("/api-keys").status()).isEqualTo(200);
                assertThat(admin.get("/denied-requests").status()).isEqualTo(200);
                admin.tell("/incidents", """
                        {"title": "t", "severity": "SEV3", "lead": "ana", "detection": {"source": "ALERT"}}
                        """);
            }
            Files.delete(file);
            try (var service = start(database, file)) {
                assertThat(service.get("/status-board").status()).isEqualTo(200);
                assertThat(file).doesNotExist();
            }
        }
    }

    @Test
    void of_two_nodes_that_start_at_once_one_makes_it() throws Exception {
        try (var database = TestDatabases.empty(Database.POSTGRESQL)) {
            var file = directory.resolve("first");
            // The schemas are there, so that nothing but the key is made by both.
            start(database, directory.resolve("unused")).close();
            JdbcClient.create(database.dataSource())
                    .sql("delete from app.api_key")
                    .update();
            var one = CompletableFuture.supplyAsync(() -> start(database, file));
            var two = CompletableFuture.supplyAsync(() -> start(database, file));
            try (var first = one.get();
                    var second = two.get()) {
                var firstKeys = first.context().getBean(ApiKeys.class).all().stream()
                        .map(ApiKey::id)
                        .filter("bootstrapkey"::equals);
                assertThat(firstKeys).hasSize(1);
                assertThat(second.with(Files.readString(file).strip())
                                .get("/api-keys")
                                .status())
                        .isEqualTo(200);
            }
        }
    }
}
