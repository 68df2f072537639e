package org.incidenttimeline.api.webhook;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.api.access.SecretBox;
import org.incidenttimeline.api.webhook.Webhook.State;
import org.incidenttimeline.api.webhook.Webhook.Stopped;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Title;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The subscriptions. Whoever changes them does so in a transaction. */
@Component
class WebhookTable {
    private static final String ALL = """
            select webhook_id, url, description, filter, state, stopped_because, state_since, position,
                   failures, failing_since, delivered_at, created_at, created_by, former_until
              from app.webhook
            """;

    private final JdbcClient jdbc;
    private final SecretBox box;
    private final JsonMapper json = JsonMapper.builder().build();

    WebhookTable(JdbcClient jdbc, SecretBox box) {
        this.jdbc = jdbc;
        this.box = box;
    }

    List<Webhook> all() {
        return jdbc.sql(ALL + " order by webhook_id").query(this::webhook).list();
    }

    List<Webhook> active() {
        return jdbc.sql(ALL + " where state = 'ACTIVE' order by webhook_id")
                .query(this::webhook)
                .list();
    }

    Optional<Webhook> find(WebhookId id) {
        return jdbc.sql(ALL + " where webhook_id = :id")
                .param("id", id.value())
                .query(this::webhook)
                .optional();
    }

    /** Until the transaction ends, nobody else changes it. */
    Optional<Webhook> lock(WebhookId id) {
        return jdbc.sql(ALL + " where webhook_id = :id for update")
                .param("id", id.value())
                .query(this::webhook)
                .optional();
    }

    long count() {
        return jdbc.sql("select count(*) from app.webhook").query(Long.class).single();
    }

    void insert(Webhook webhook, String secret) {
        jdbc.sql("""
                        insert into app.webhook (webhook_id, url, description, filter, secret, state, state_since,
                                                 position, failures, created_at, created_by)
                        values (:id, :url, :description, :filter, :secret, :state, :since,
                                :position, 0, :createdAt, :createdBy)
                        """)
                .param("id", webhook.id().value())
                .param("url", webhook.url().value())
                .param("description", webhook.description().map(Title::value).orElse(null))
                .param("filter", json.writeValueAsString(webhook.filter()))
                .param("secret", box.seal(purpose(webhook.id()), secret))
                .param("state", webhook.state().name())
                .param("since", time(webhook.stateSince()))
                .param("position", webhook.position())
                .param("createdAt", time(webhook.createdAt()))
                .param("createdBy", webhook.createdBy().value())
                .update();
    }

    void change(WebhookId id, TargetUrl url, Optional<Title> description, WebhookFilter filter) {
        jdbc.sql("""
                        update app.webhook set url = :url, description = :description, filter = :filter
                         where webhook_id = :id
                        """)
                .param("id", id.value())
                .param("url", url.value())
                .param("description", description.map(Title::value).orElse(null))
                .param("filter", json.writeValueAsString(filter))
                .update();
    }

    boolean delete(WebhookId id) {
        return jdbc.sql("delete from app.webhook where webhook_id = :id")
                        .param("id", id.value())
                        .update()
                > 0;
    }

    void stop(WebhookId id, State state, Stopped because, Instant now) {
        jdbc.sql("""
                        update app.webhook set state = :state, stopped_because = :because, state_since = :now
                         where webhook_id = :id and state = 'ACTIVE'
                        """)
                .param("id", id.value())
                .param("state", state.name())
                .param("because", because.name())
                .param("now", time(now))
                .update();
    }

    void activate(WebhookId id, Instant now) {
        jdbc.sql("""
                        update app.webhook
                           set state = 'ACTIVE', stopped_because = null, state_since = :now, failures = 0,
                               failing_since = null
                         where webhook_id = :id
                        """).param("id", id.value()).param("now", time(now)).update();
    }

    void goTo(WebhookId id, long position) {
        jdbc.sql("update app.webhook set position = :position where webhook_id = :id")
                .param("id", id.value())
                .param("position", position)
                .update();
    }

    /** Whether the subscription was still there, active, and at that position; another node may have been first. */
    boolean advance(WebhookId id, long from, long to) {
        return jdbc.sql("""
                        update app.webhook set position = :to
                         where webhook_id = :id and position = :from and state = 'ACTIVE'
                        """)
                        .param("id", id.value())
                        .param("from", from)
                        .param("to", to)
                        .update()
                > 0;
    }

    void succeeded(WebhookId id, Instant now) {
        jdbc.sql("""
                        update app.webhook set failures = 0, failing_since = null, delivered_at = :now
                         where webhook_id = :id
                        """).param("id", id.value()).param("now", time(now)).update();
    }

    void failed(WebhookId id, Instant now) {
        jdbc.sql("""
                        update app.webhook
                           set failures = failures + 1, failing_since = coalesce(failing_since, :now)
                         where webhook_id = :id
                        """).param("id", id.value()).param("now", time(now)).update();
    }

    /** The secret that signs, and the one before it while its time is not over. */
    List<String> secrets(WebhookId id, Instant now) {
        return jdbc.sql("select secret, former_secret, former_until from app.webhook where webhook_id = :id")
                .param("id", id.value())
                .query((row, _) -> {
                    var secrets = new ArrayList<String>();
                    secrets.add(box.open(purpose(id), row.getString("secret")));
                    var formerUntil = instant(row, "former_until");
                    if (formerUntil.isPresent() && now.isBefore(formerUntil.get())) {
                        secrets.add(box.open(purpose(id), row.getString("former_secret")));
                    }
                    return List.copyOf(secrets);
                })
                .optional()
                .orElse(List.of());
    }

    void rotate(WebhookId id, String secret, Instant formerUntil) {
        jdbc.sql("""
                        update app.webhook set former_secret = secret, former_until = :until, secret = :secret
                         where webhook_id = :id
                        """)
                .param("id", id.value())
                .param("secret", box.seal(purpose(id), secret))
                .param("until", time(formerUntil))
                .update();
    }

    private static String purpose(WebhookId id) {
        return "webhook:" + id;
    }

    private Webhook webhook(ResultSet row, int number) throws SQLException {
        return new Webhook(
                new WebhookId(row.getString("webhook_id")),
                new TargetUrl(row.getString("url")),
                Optional.ofNullable(row.getString("description")).map(Title::new),
                json.readValue(row.getString("filter"), WebhookFilter.class),
                State.valueOf(row.getString("state")),
                Optional.ofNullable(row.getString("stopped_because")).map(Stopped::valueOf),
                instant(row, "state_since").orElseThrow(),
                row.getLong("position"),
                row.getInt("failures"),
                instant(row, "failing_since"),
                instant(row, "delivered_at"),
                instant(row, "created_at").orElseThrow(),
                new Person(row.getString("created_by")),
                instant(row, "former_until"));
    }

    static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        @Nullable OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
    }
}
