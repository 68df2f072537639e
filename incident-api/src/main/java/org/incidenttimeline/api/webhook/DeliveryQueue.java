package org.incidenttimeline.api.webhook;

import static org.incidenttimeline.api.webhook.WebhookTable.time;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.incidenttimeline.api.live.LiveEvent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The events that wait to be sent. Whoever changes it does so in a transaction. */
@Component
class DeliveryQueue {
    private final JdbcClient jdbc;

    DeliveryQueue(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(WebhookId webhook, List<LiveEvent> events, Instant now) {
        for (var event : events) {
            jdbc.sql("""
                            insert into app.webhook_delivery (webhook_id, position, stream_id, attempts, due_at)
                            values (:webhook, :position, :stream, 0, :now)
                            on conflict do nothing
                            """)
                    .param("webhook", webhook.value())
                    .param("position", event.position())
                    .param("stream", event.stored().streamId())
                    .param("now", time(now))
                    .update();
        }
    }

    /** How many events wait, for each subscription that has any. */
    Map<WebhookId, Long> waiting() {
        return counts("select webhook_id, count(*) as waiting from app.webhook_delivery group by webhook_id", Map.of());
    }

    long waiting(WebhookId webhook) {
        return jdbc.sql("select count(*) from app.webhook_delivery where webhook_id = :webhook")
                .param("webhook", webhook.value())
                .query(Long.class)
                .single();
    }

    /** How many may be sent now, for each subscription that has any. */
    Map<WebhookId, Long> due(Instant now) {
        return counts("""
                select webhook_id, count(*) as waiting from app.webhook_delivery
                 where due_at <= :now and (leased_until is null or leased_until <= :now) group by webhook_id
                """, Map.of("now", time(now)));
    }

    private Map<WebhookId, Long> counts(String sql, Map<String, ?> params) {
        var counts = new HashMap<WebhookId, Long>();
        jdbc.sql(sql).params(params).query(row -> {
            counts.put(new WebhookId(row.getString("webhook_id")), row.getLong("waiting"));
        });
        return counts;
    }

    /** What may be sent to one subscription now: of each stream the first that waits, if it is due and nobody sends it. */
    List<Delivery> due(WebhookId webhook, Instant now, int max) {
        return jdbc.sql("""
                        select d.webhook_id, d.position, d.stream_id, d.attempts
                          from app.webhook_delivery d
                         where d.webhook_id = :webhook and d.due_at <= :now
                           and (d.leased_until is null or d.leased_until <= :now)
                           and not exists (select 1 from app.webhook_delivery e
                                            where e.webhook_id = d.webhook_id and e.stream_id = d.stream_id
                                              and e.position < d.position)
                         order by d.due_at, d.position
                         limit :max
                        """)
                .param("webhook", webhook.value())
                .param("now", time(now))
                .param("max", max)
                .query((row, _) -> new Delivery(
                        webhook, row.getLong("position"), row.getString("stream_id"), row.getInt("attempts")))
                .list();
    }

    /** Whether the caller alone may send it, until then. */
    boolean lease(Delivery delivery, String owner, Instant now, Instant until) {
        return jdbc.sql("""
                        update app.webhook_delivery set leased_by = :owner, leased_until = :until
                         where webhook_id = :webhook and position = :position and attempts = :attempts
                           and (leased_until is null or leased_until <= :now)
                        """)
                        .param("webhook", delivery.webhook().value())
                        .param("position", delivery.position())
                        .param("attempts", delivery.attempts())
                        .param("owner", owner)
                        .param("now", time(now))
                        .param("until", time(until))
                        .update()
                > 0;
    }

    void done(Delivery delivery, String owner) {
        jdbc.sql("""
                        delete from app.webhook_delivery
                         where webhook_id = :webhook and position = :position and leased_by = :owner
                        """)
                .param("webhook", delivery.webhook().value())
                .param("position", delivery.position())
                .param("owner", owner)
                .update();
    }

    void failed(Delivery delivery, String owner, Instant nextAt) {
        jdbc.sql("""
                        update app.webhook_delivery
                           set attempts = attempts + 1, due_at = :next, leased_by = null, leased_until = null
                         where webhook_id = :webhook and position = :position and leased_by = :owner
                        """)
                .param("webhook", delivery.webhook().value())
                .param("position", delivery.position())
                .param("owner", owner)
                .param("next", time(nextAt))
                .update();
    }

    /** As if the attempt had not been made. */
    void release(Delivery delivery, String owner) {
        jdbc.sql("""
                        update app.webhook_delivery set leased_by = null, leased_until = null
                         where webhook_id = :webhook and position = :position and leased_by = :owner
                        """)
                .param("webhook", delivery.webhook().value())
                .param("position", delivery.position())
                .param("owner", owner)
                .update();
    }

    /** All attempts are open again, at once. */
    void renew(WebhookId webhook, Instant now) {
        jdbc.sql("update app.webhook_delivery set attempts = 0, due_at = :now where webhook_id = :webhook")
                .param("webhook", webhook.value())
                .param("now", time(now))
                .update();
    }

    void dropBehind(WebhookId webhook, long position) {
        jdbc.sql("delete from app.webhook_delivery where webhook_id = :webhook and position > :position")
                .param("webhook", webhook.value())
                .param("position", position)
                .update();
    }

    /** What a process before this one was sending, it sends no more. */
    void endLeases() {
        jdbc.sql("update app.webhook_delivery set leased_by = null, leased_until = null where leased_by is not null")
                .update();
    }
}
