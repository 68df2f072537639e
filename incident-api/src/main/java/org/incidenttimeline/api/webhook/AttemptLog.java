package org.incidenttimeline.api.webhook;

import static org.incidenttimeline.api.webhook.WebhookTable.instant;
import static org.incidenttimeline.api.webhook.WebhookTable.time;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.incidenttimeline.api.webhook.Attempt.Outcome;
import org.incidenttimeline.api.webhook.Attempt.Result;
import org.incidenttimeline.core.event.IncidentId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What came of every attempt, for a while. */
@Component
class AttemptLog {
    private final JdbcClient jdbc;

    /** An attempt, and its place in the list of all. */
    record Logged(long id, Attempt attempt) {}

    AttemptLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(WebhookId webhook, Attempt attempt) {
        var result = attempt.result();
        jdbc.sql("""
                        insert into app.webhook_attempt (webhook_id, message_id, event_type, position, incident_id, attempt,
                                                         attempted_at, duration_ms, outcome, status, answer, next_at)
                        values (:webhook, :message, :type, :position, :incident, :attempt,
                                :at, :duration, :outcome, :status, :answer, :next)
                        """)
                .param("webhook", webhook.value())
                .param("message", attempt.messageId())
                .param("type", attempt.eventType())
                .param(
                        "position",
                        attempt.position().isPresent() ? attempt.position().getAsLong() : null)
                .param("incident", attempt.incidentId().map(IncidentId::value).orElse(null))
                .param("attempt", attempt.attempt())
                .param("at", time(attempt.attemptedAt()))
                .param("duration", result.durationMillis())
                .param("outcome", result.outcome().name())
                .param("status", result.status().isPresent() ? result.status().getAsInt() : null)
                .param("answer", result.answer().orElse(null))
                .param("next", attempt.nextAt().map(WebhookTable::time).orElse(null))
                .update();
    }

    /** The newest attempts of a subscription that are older than that one. */
    List<Logged> before(WebhookId webhook, long id, int max) {
        return jdbc.sql("""
                        select attempt_id, message_id, event_type, position, incident_id, attempt, attempted_at,
                               duration_ms, outcome, status, answer, next_at
                          from app.webhook_attempt
                         where webhook_id = :webhook and attempt_id < :id
                         order by attempt_id desc
                         limit :max
                        """)
                .param("webhook", webhook.value())
                .param("id", id)
                .param("max", max)
                .query(AttemptLog::logged)
                .list();
    }

    /** Forgets what is older than that, and what goes beyond so many of one subscription. */
    void forget(WebhookId webhook, Instant before, int kept) {
        jdbc.sql("""
                        delete from app.webhook_attempt
                         where webhook_id = :webhook
                           and (attempted_at < :before
                                or attempt_id <= (select max(attempt_id) from
                                                    (select attempt_id from app.webhook_attempt
                                                      where webhook_id = :webhook
                                                      order by attempt_id desc offset :kept rows) as beyond))
                        """)
                .param("webhook", webhook.value())
                .param("before", time(before))
                .param("kept", kept)
                .update();
    }

    private static Logged logged(ResultSet row, int number) throws SQLException {
        return new Logged(
                row.getLong("attempt_id"),
                new Attempt(
                        row.getString("message_id"),
                        row.getString("event_type"),
                        position(row),
                        Optional.ofNullable(row.getString("incident_id")).map(IncidentId::new),
                        row.getInt("attempt"),
                        instant(row, "attempted_at").orElseThrow(),
                        new Result(
                                Outcome.valueOf(row.getString("outcome")),
                                status(row.getObject("status", Integer.class)),
                                Optional.ofNullable(row.getString("answer")),
                                row.getInt("duration_ms"),
                                Optional.empty()),
                        instant(row, "next_at")));
    }

    private static OptionalInt status(@Nullable Integer status) {
        return status == null ? OptionalInt.empty() : OptionalInt.of(status);
    }

    private static OptionalLong position(ResultSet row) throws SQLException {
        long position = row.getLong("position");
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(position);
    }
}
