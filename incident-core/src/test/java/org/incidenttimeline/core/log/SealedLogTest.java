package org.incidenttimeline.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.incidenttimeline.core.seal.DamagedSeal;
import org.incidenttimeline.core.seal.Payloads;
import org.incidenttimeline.core.seal.SaltedValue;
import org.incidenttimeline.core.seal.SealingKey;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class SealedLogTest {
    private static final String SECRET = "hunter2-canary";
    private static final String PAYLOAD =
            "{\"at\":1,\"by\":{\"text\":\"ana\"},\"what\":{\"text\":\"the password is " + SECRET + "\"}}";
    private static final String REDACTED =
            "{\"at\":1,\"by\":{\"text\":\"ana\"},\"what\":{\"text\":\"redacted:removed\"}}";

    private static final Redacted THE_SECRET = new Redacted(0, "/what");

    private final TestDatabase database;
    private final Ledger ledger;
    private EventLog log;

    SealedLogTest(Database kind) {
        database = TestDatabases.fresh(kind);
        log = open(database.sealingKey());
        ledger = new Ledger(database.dataSource(), database.writerLock());
    }

    @AfterEach
    void close() {
        log.close();
        database.close();
    }

    private EventLog open(SealingKey key) {
        return EventLog.open(
                database.dataSource(), database.writerLock(), Clock.systemUTC(), database.ledgerKeys(), key);
    }

    private static NewEvent event() {
        return new NewEvent(UUID.randomUUID(), "incident.note-added", 1, PAYLOAD, "{}");
    }

    private NewEvent tell(String stream, long sequence) {
        var event = event();
        log.append(new Append("incident", stream, sequence, List.of(event), List.of()));
        return event;
    }

    private void redact(String stream, long sequence, Redacted... values) {
        log.append(new Append(
                "incident",
                stream,
                sequence,
                List.of(new NewEvent(UUID.randomUUID(), "incident.entry-redacted", 1, "{}", "{}")),
                List.of(),
                Optional.empty(),
                List.of(values)));
    }

    private long count(String table) {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement select = connection.prepareStatement("select count(*) from " + table);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<StoredEvent> kept() {
        return ledger.entriesAfter(0, log.head(), 1_000).stream()
                .map(LedgerEntry::event)
                .toList();
    }

    private String onlyPayload() {
        return log.readStream("a", 0).getFirst().payload();
    }

    @Test
    void words_are_read_as_they_were_appended_and_kept_as_commitments() {
        tell("a", 0);
        var sealed = kept().getFirst();

        assertThat(onlyPayload()).isEqualTo(PAYLOAD);
        assertThat(log.readAfter(0, 10).getFirst().payload()).isEqualTo(PAYLOAD);
        assertThat(log.readStreamAfter("a", 0, 10).getFirst().payload()).isEqualTo(PAYLOAD);
        assertThat(sealed.payload())
                .doesNotContain(SECRET)
                .doesNotContain("ana")
                .contains("\"at\":1");
        var values = log.valuesOf(List.of(sealed));
        assertThat(Payloads.sealsIn(sealed.payload()))
                .hasSize(2)
                .allSatisfy(place -> assertThat(
                                Optional.ofNullable(values.get(new ValuePlace(sealed.eventId(), place.path())))
                                        .map(SaltedValue::commitment))
                        .contains(place.commitment()));
        assertThat(new LedgerSigner(
                                ledger,
                                database.ledgerKeys(),
                                new CheckpointFiles(Path.of(System.getProperty("java.io.tmpdir"))
                                        .resolve(UUID.randomUUID().toString())),
                                Clock.systemUTC())
                        .sign())
                .as("the leaf is made of what is kept")
                .isEmpty();
    }

    @Test
    void no_table_has_the_words() throws SQLException {
        tell("a", 0);

        for (var table : List.of("log.event", "log.leaf", "log.sealed_value", "log.log_head", "keys.sealing_key")) {
            try (Connection connection = database.dataSource().getConnection();
                    PreparedStatement select = connection.prepareStatement("select * from " + table);
                    ResultSet row = select.executeQuery()) {
                int columns = row.getMetaData().getColumnCount();
                assertThat(row.next()).as(table).isTrue();
                for (int column = 1; column <= columns; column++) {
                    var value = row.getObject(column) instanceof byte[] bytes
                            ? new String(bytes, StandardCharsets.ISO_8859_1)
                            : String.valueOf(row.getObject(column));
                    assertThat(value).as(table).doesNotContain(SECRET);
                }
            }
        }
    }

    @Test
    void no_file_of_the_database_has_the_words() throws IOException {
        assumeTrue(database.kind() == Database.H2, "the files of PostgreSQL belong to all tests");
        var file = Path.of(database.url().replaceFirst("jdbc:h2:file:", "").replaceFirst(";.*", "") + ".mv.db");
        for (int i = 0; i < 50; i++) {
            tell("a", i);
        }
        log.close();
        database.execute("checkpoint sync");

        var bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(bytes).contains("incident.note-added").doesNotContain(SECRET);
    }

    @Test
    void what_is_taken_out_is_gone_and_the_rest_stays() {
        var event = tell("a", 0);
        var before = kept().getFirst().payload();

        redact("a", 1, THE_SECRET);

        assertThat(onlyPayload()).isEqualTo(REDACTED);
        assertThat(kept().getFirst().payload()).isEqualTo(before);
        assertThat(count("log.sealed_value")).isOne();
        assertThat(log.shredPending(event.eventId())).containsExactly("/what");
        assertThat(log.valuesOf(kept())).containsOnlyKeys(new ValuePlace(event.eventId(), "/by"));

        assertThat(log.shred(10)).isOne();

        assertThat(log.shredPending(event.eventId())).isEmpty();
        assertThat(count("keys.sealing_key")).isOne();
        assertThat(log.shred(10)).isZero();
        assertThat(onlyPayload()).isEqualTo(REDACTED);
    }

    @Test
    void values_are_taken_out_with_the_event_that_says_so_or_not_at_all() {
        var event = tell("a", 0);

        assertThatExceptionOfType(StreamConflict.class).isThrownBy(() -> redact("a", 5, THE_SECRET));

        assertThat(onlyPayload()).isEqualTo(PAYLOAD);
        assertThat(log.shredPending(event.eventId())).isEmpty();
    }

    @Test
    void what_is_taken_out_twice_is_out() {
        tell("a", 0);

        redact("a", 1, THE_SECRET);
        redact("a", 2, THE_SECRET, new Redacted(7, "/what"), new Redacted(0, "/no"));

        assertThat(onlyPayload()).isEqualTo(REDACTED);
        assertThat(log.head()).isEqualTo(3);
    }

    @Test
    void a_row_that_an_old_copy_brings_back_opens_no_more_once_its_key_is_destroyed() {
        tell("a", 0);
        database.execute("create table log.copied as select * from log.sealed_value");
        redact("a", 1, THE_SECRET);
        log.shred(10);

        database.execute("insert into log.sealed_value select * from log.copied where path = '/what'");

        assertThat(onlyPayload()).isEqualTo(REDACTED);
    }

    @Test
    void a_box_in_the_place_of_another_is_an_error() {
        tell("a", 0);

        database.execute("update log.sealed_value set path = '/x' where path = '/by'");
        database.execute("update log.sealed_value set path = '/by' where path = '/what'");

        assertThatExceptionOfType(DamagedSeal.class).isThrownBy(this::onlyPayload);
    }

    @Test
    void nothing_is_kept_of_an_append_that_is_refused() {
        tell("a", 0);
        var group = new ArrayList<Thread>();
        for (int i = 0; i < 8; i++) {
            group.add(Thread.startVirtualThread(() -> {
                try {
                    tell("a", 0);
                } catch (StreamConflict e) {
                    // As it must be.
                }
            }));
        }
        group.forEach(SealedLogTest::join);

        assertThat(log.head()).isOne();
        assertThat(count("log.sealed_value")).isEqualTo(2);
        assertThat(count("keys.sealing_key")).isEqualTo(2);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void what_another_node_wrote_is_read_with_keys_that_this_one_never_saw() {
        tell("a", 0);
        log.close();
        log = open(database.sealingKey());

        assertThat(onlyPayload()).isEqualTo(PAYLOAD);
    }

    @Test
    void a_log_is_not_opened_with_the_key_of_another() {
        tell("a", 0);
        log.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> open(SealingKey.generate()))
                .withMessageContaining(database.sealingKey().fingerprint().hex());

        log = open(database.sealingKey());
        assertThat(onlyPayload()).isEqualTo(PAYLOAD);
    }

    @Test
    void a_row_in_the_plain_form_is_read_as_it_is() {
        tell("a", 0);
        database.execute("""
                insert into log.event (position, event_id, aggregate_type, stream_id, sequence_number, name, revision,
                                       recorded_at, payload, metadata)
                select 2, '00000000-0000-0000-0000-000000000001', aggregate_type, 'old', 0, name, revision, recorded_at,
                       '%s', metadata
                  from log.event
                """.formatted(PAYLOAD));

        assertThat(log.readStream("old", 0).getFirst().payload()).isEqualTo(PAYLOAD);
    }

    @Test
    void many_events_are_read_at_once() {
        var events = IntStream.range(0, 900).mapToObj(_ -> event()).toList();
        log.append(new Append("incident", "a", 0, events, List.of()));

        assertThat(log.readAfter(0, 1_000))
                .hasSize(900)
                .allSatisfy(event -> assertThat(event.payload()).isEqualTo(PAYLOAD));
    }
}
