package org.incidenttimeline.api.imports;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.incidenttimeline.api.access.Principal;
import org.incidenttimeline.api.imports.ImportRun.State;
import org.incidenttimeline.api.imports.StagedLine.Kind;
import org.incidenttimeline.api.imports.Verdict.Outcome;
import org.incidenttimeline.api.problem.Problem.FieldError;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.Provenance;
import org.incidenttimeline.core.seal.RowCipher;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Imports and their lines, as the database keeps them. Each method that writes is one transaction. */
@Component
@SuppressWarnings("EnumOrdinal") // The order of the kinds is the order in which lines are carried out.
class ImportStore {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient jdbc;
    private final RowCipher cipher;
    private final NamedParameterJdbcOperations batches;
    private final TransactionTemplate transaction;

    ImportStore(
            JdbcClient jdbc,
            NamedParameterJdbcOperations batches,
            PlatformTransactionManager transactions,
            RowCipher cipher) {
        this.jdbc = jdbc;
        this.cipher = cipher;
        this.batches = batches;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** A line that waits to be carried out. */
    record Waiting(int number, Kind kind, String path, String body, String identity) {}

    /** A line of the report. */
    record Reported(int number, Optional<String> incident, Optional<String> sourceId, String path, Verdict verdict) {}

    /** Begins an import; false if there are as many unfinished ones as there may be. */
    boolean open(ImportRun run, int mostUnfinished) {
        return Boolean.TRUE.equals(transaction.execute(_ -> {
            long unfinished = jdbc.sql("select count(*) from app.import_run where state <> 'DONE'")
                    .query(Long.class)
                    .single();
            if (unfinished >= mostUnfinished) {
                return false;
            }
            jdbc.sql("""
                            insert into app.import_run
                                (import_id, state, terms, provenance, principal, received_at, touched_at)
                            values (:id, 'RECEIVING', :terms, :provenance, :principal, :at, :at)
                            """)
                    .param("id", run.id().toString())
                    .param("terms", JSON.writeValueAsString(run.terms()))
                    .param("provenance", JSON.writeValueAsString(run.provenance()))
                    .param("principal", JSON.writeValueAsString(run.principal()))
                    .param("at", utc(run.receivedAt()))
                    .update();
            return true;
        }));
    }

    void stage(UUID id, List<StagedLine> lines, Instant now) {
        var rows = lines.stream().map(line -> row(id, line)).toArray(MapSqlParameterSource[]::new);
        transaction.executeWithoutResult(_ -> {
            batches.batchUpdate("""
                    insert into app.import_line
                        (import_id, line, kind, incident_id, source_id, happened_at, path, body, identity,
                         outcome, code, detail, errors)
                    values
                        (:id, :line, :kind, :incident, :sourceId, :happenedAt, :path, :body, :identity,
                         :outcome, :code, :detail, :errors)
                    """, rows);
            jdbc.sql("update app.import_run set touched_at = :now where import_id = :id")
                    .param("now", utc(now))
                    .param("id", id.toString())
                    .update();
        });
    }

    private MapSqlParameterSource row(UUID id, StagedLine line) {
        var refusal = line.refusal();
        return new MapSqlParameterSource()
                .addValue("id", id.toString())
                .addValue("line", line.number())
                .addValue("kind", line.kind().ordinal())
                .addValue("incident", line.incident().map(IncidentId::value).orElse(null), Types.VARCHAR)
                .addValue("sourceId", line.sourceId().map(cipher::close).orElse(null), Types.VARBINARY)
                .addValue("happenedAt", line.at().map(ImportStore::utc).orElse(null), Types.TIMESTAMP_WITH_TIMEZONE)
                .addValue("path", line.path())
                .addValue("body", refusal.isPresent() ? null : cipher.close(line.body()), Types.VARBINARY)
                .addValue("identity", line.identity())
                .addValue(
                        "outcome",
                        refusal.map(Verdict::outcome).orElse(Outcome.WAITING).name())
                .addValue("code", refusal.flatMap(Verdict::code).orElse(null), Types.VARCHAR)
                .addValue(
                        "detail",
                        refusal.flatMap(Verdict::detail).map(cipher::close).orElse(null),
                        Types.VARBINARY)
                .addValue("errors", refusal.map(this::errors).orElse(null), Types.VARBINARY);
    }

    /** The whole file is here. */
    void received(UUID id, Instant now) {
        transaction.executeWithoutResult(_ -> move(id, State.RECEIVING, State.RUNNING, now));
    }

    void finished(UUID id, Instant now) {
        transaction.executeWithoutResult(_ -> {
            move(id, State.RUNNING, State.DONE, now);
            jdbc.sql("update app.import_run set finished_at = touched_at where import_id = :id")
                    .param("id", id.toString())
                    .update();
        });
    }

    private void move(UUID id, State from, State to, Instant now) {
        jdbc.sql("update app.import_run set state = :to, touched_at = :now where import_id = :id and state = :from")
                .param("id", id.toString())
                .param("from", from.name())
                .param("to", to.name())
                .param("now", utc(now))
                .update();
    }

    /** Forgets an import whose file did not arrive as a whole. */
    void discard(UUID id) {
        transaction.executeWithoutResult(_ -> delete(List.of(id.toString())));
    }

    /** Forgets the imports that came no further than this state and were not touched since. */
    void discard(State state, Instant untouchedSince) {
        transaction.executeWithoutResult(_ -> delete(jdbc.sql("""
                                select import_id from app.import_run
                                where state = :state and touched_at < :since
                                """)
                .param("state", state.name())
                .param("since", utc(untouchedSince))
                .query((row, _) -> row.getString(1))
                .list()));
    }

    private void delete(List<String> ids) {
        for (var id : ids) {
            jdbc.sql("delete from app.import_line where import_id = :id")
                    .param("id", id)
                    .update();
            jdbc.sql("delete from app.import_run where import_id = :id")
                    .param("id", id)
                    .update();
        }
    }

    Optional<ImportRun> find(UUID id) {
        return jdbc.sql("select * from app.import_run where import_id = :id")
                .param("id", id.toString())
                .query((row, _) -> new ImportRun(
                        id,
                        State.valueOf(row.getString("state")),
                        JSON.readValue(row.getString("terms"), ImportTerms.class),
                        JSON.readValue(row.getString("provenance"), Provenance.class),
                        JSON.readValue(row.getString("principal"), Principal.class),
                        row.getObject("received_at", OffsetDateTime.class).toInstant(),
                        Optional.ofNullable(row.getObject("finished_at", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant)))
                .optional();
    }

    /** The imports that are to be carried out, the oldest first. */
    List<UUID> running() {
        return jdbc
                .sql("select import_id from app.import_run where state = 'RUNNING' order by received_at, import_id")
                .query(String.class)
                .list()
                .stream()
                .map(UUID::fromString)
                .toList();
    }

    /** How many lines came to which outcome. */
    Map<Outcome, Long> counts(UUID id) {
        var counts = new EnumMap<Outcome, Long>(Outcome.class);
        jdbc.sql("select outcome, count(*) as lines from app.import_line where import_id = :id group by outcome")
                .param("id", id.toString())
                .query(row -> {
                    counts.put(Outcome.valueOf(row.getString("outcome")), row.getLong("lines"));
                });
        return counts;
    }

    /** The incidents that lines that wait are about, in the order of the file. */
    List<IncidentId> incidents(UUID id) {
        return jdbc.sql("""
                        select incident_id from app.import_line
                        where import_id = :id and outcome = 'WAITING'
                        group by incident_id order by min(line)
                        """)
                .param("id", id.toString())
                .query((row, _) -> new IncidentId(row.getString(1)))
                .list();
    }

    /** The numbers of an incident's lines that wait, in the order in which they are carried out. */
    List<Integer> waiting(UUID id, IncidentId incident) {
        return jdbc.sql("""
                        select line from app.import_line
                        where import_id = :id and incident_id = :incident and outcome = 'WAITING'
                        order by kind, case when kind = 2 then happened_at end nulls last, line
                        """)
                .param("id", id.toString())
                .param("incident", incident.value())
                .query((row, _) -> row.getInt(1))
                .list();
    }

    Waiting line(UUID id, int number) {
        return jdbc.sql("""
                        select line, kind, path, body, identity from app.import_line
                        where import_id = :id and line = :number
                        """)
                .param("id", id.toString())
                .param("number", number)
                .query((row, _) -> new Waiting(
                        row.getInt("line"),
                        Kind.values()[row.getInt("kind")],
                        row.getString("path"),
                        Optional.ofNullable(row.getBytes("body"))
                                .map(cipher::open)
                                .orElse(""),
                        row.getString("identity")))
                .single();
    }

    /** What became of the lines that declare the incident, as far as they were carried out. */
    List<Outcome> declarations(UUID id, IncidentId incident) {
        return jdbc.sql("""
                        select distinct outcome from app.import_line
                        where import_id = :id and incident_id = :incident and kind = 0 and outcome <> 'WAITING'
                        """)
                .param("id", id.toString())
                .param("incident", incident.value())
                .query((row, _) -> Outcome.valueOf(row.getString("outcome")))
                .list();
    }

    /** Notes what became of lines, unless it is noted already. */
    void judge(UUID id, Map<Integer, Verdict> verdicts, Instant now) {
        var rows = verdicts.entrySet().stream()
                .map(judged ->
                        verdict(judged.getValue()).addValue("id", id.toString()).addValue("line", judged.getKey()))
                .toArray(MapSqlParameterSource[]::new);
        transaction.executeWithoutResult(_ -> {
            batches.batchUpdate("""
                    update app.import_line
                    set outcome = :outcome, entry = :entry, code = :code, detail = :detail, errors = :errors, body = null
                    where import_id = :id and line = :line and outcome = 'WAITING'
                    """, rows);
            jdbc.sql("update app.import_run set touched_at = :now where import_id = :id")
                    .param("now", utc(now))
                    .param("id", id.toString())
                    .update();
        });
    }

    /** Notes the same of every line of an incident that waits. */
    void judgeAll(UUID id, IncidentId incident, Verdict verdict) {
        transaction.executeWithoutResult(_ -> batches.update(
                """
                update app.import_line
                set outcome = :outcome, entry = :entry, code = :code, detail = :detail, errors = :errors, body = null
                where import_id = :id and incident_id = :incident and outcome = 'WAITING'
                """, verdict(verdict).addValue("id", id.toString()).addValue("incident", incident.value())));
    }

    private MapSqlParameterSource verdict(Verdict verdict) {
        return new MapSqlParameterSource()
                .addValue("outcome", verdict.outcome().name())
                .addValue("entry", verdict.entry().isPresent() ? verdict.entry().getAsLong() : null, Types.BIGINT)
                .addValue("code", verdict.code().orElse(null), Types.VARCHAR)
                .addValue("detail", verdict.detail().map(cipher::close).orElse(null), Types.VARBINARY)
                .addValue("errors", errors(verdict), Types.VARBINARY);
    }

    /** Lines of the report after a number, at most so many. */
    List<Reported> report(UUID id, int after, int most) {
        return jdbc.sql("""
                        select line, incident_id, source_id, path, outcome, entry, code, detail, errors
                        from app.import_line where import_id = :id and line > :after order by line limit :most
                        """)
                .param("id", id.toString())
                .param("after", after)
                .param("most", most)
                .query((row, _) -> new Reported(
                        row.getInt("line"),
                        Optional.ofNullable(row.getString("incident_id")),
                        Optional.ofNullable(row.getBytes("source_id")).map(cipher::open),
                        row.getString("path"),
                        verdict(row)))
                .list();
    }

    private Verdict verdict(ResultSet row) throws SQLException {
        long entry = row.getLong("entry");
        var at = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(entry);
        var errors = Optional.ofNullable(row.getBytes("errors"))
                .map(cipher::open)
                .map(written -> JSON.readValue(written, FieldError[].class))
                .map(Arrays::asList)
                .orElse(List.of());
        return new Verdict(
                Outcome.valueOf(row.getString("outcome")),
                at,
                Optional.ofNullable(row.getString("code")),
                Optional.ofNullable(row.getBytes("detail")).map(cipher::open),
                errors);
    }

    private byte[] errors(Verdict verdict) {
        return cipher.close(JSON.writeValueAsString(verdict.errors()));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
