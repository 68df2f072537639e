package org.incidenttimeline.api.config;

import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.flywaydb.core.Flyway;
import org.incidenttimeline.api.page.Cursors;
import org.incidenttimeline.core.axon.RecordedEvents;
import org.incidenttimeline.core.duty.DutyTemplates;
import org.incidenttimeline.core.history.IncidentHistory;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.seal.RowCipher;
import org.incidenttimeline.projections.feed.Tokens;
import org.incidenttimeline.projections.feed.ViewFeed;
import org.incidenttimeline.projections.store.ActionReader;
import org.incidenttimeline.projections.store.ActionTable;
import org.incidenttimeline.projections.store.CursorKeyTable;
import org.incidenttimeline.projections.store.DeadlineTable;
import org.incidenttimeline.projections.store.FreezeReader;
import org.incidenttimeline.projections.store.FreezeTable;
import org.incidenttimeline.projections.store.GuideReader;
import org.incidenttimeline.projections.store.GuideTable;
import org.incidenttimeline.projections.store.IncidentIndexReader;
import org.incidenttimeline.projections.store.IncidentIndexTable;
import org.incidenttimeline.projections.store.LiveView;
import org.incidenttimeline.projections.store.SearchReader;
import org.incidenttimeline.projections.store.SearchTable;
import org.incidenttimeline.projections.store.StatusBoardReader;
import org.incidenttimeline.projections.store.StatusCardTable;
import org.incidenttimeline.projections.store.TimelineReader;
import org.incidenttimeline.projections.store.TimelineTable;
import org.incidenttimeline.projections.store.ViewRebuild;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The live views: their tables, what reads them, and the feeds that keep them. */
@Configuration(proxyBeanMethods = false)
class ViewConfiguration {
    @Bean
    TimelineTable timelineTable(JdbcClient jdbc, RowCipher cipher) {
        return new TimelineTable(jdbc, cipher);
    }

    @Bean
    StatusCardTable statusCardTable(JdbcClient jdbc, RowCipher cipher) {
        return new StatusCardTable(jdbc, cipher);
    }

    @Bean
    FreezeTable freezeTable(JdbcClient jdbc, RowCipher cipher) {
        return new FreezeTable(jdbc, cipher);
    }

    @Bean
    ActionTable actionTable(JdbcClient jdbc, RowCipher cipher) {
        return new ActionTable(jdbc, cipher);
    }

    @Bean
    DeadlineTable deadlineTable(JdbcClient jdbc, RowCipher cipher, DutyTemplates templates) {
        return new DeadlineTable(jdbc, cipher, templates);
    }

    @Bean
    IncidentIndexTable incidentIndexTable(JdbcClient jdbc, RowCipher cipher) {
        return new IncidentIndexTable(jdbc, cipher);
    }

    @Bean
    SearchTable searchTable(JdbcClient jdbc, RowCipher cipher) {
        return new SearchTable(jdbc, cipher);
    }

    @Bean
    ViewRebuild viewRebuild(
            @Qualifier("rebuiltSchema") Flyway migrated,
            JdbcClient jdbc,
            RowCipher cipher,
            DutyTemplates templates,
            IncidentHistory history) {
        return new ViewRebuild(jdbc, cipher, templates, history);
    }

    @Bean
    TimelineReader timelineReader(TimelineTable table, IncidentHistory history) {
        return new TimelineReader(table, history);
    }

    @Bean
    StatusBoardReader statusBoardReader(StatusCardTable table, IncidentIndexTable incidents, IncidentHistory history) {
        return new StatusBoardReader(table, incidents, history);
    }

    @Bean
    FreezeReader freezeReader(FreezeTable table, IncidentIndexTable incidents, IncidentHistory history) {
        return new FreezeReader(table, incidents, history);
    }

    @Bean
    ActionReader actionReader(ActionTable table, IncidentIndexTable incidents, IncidentHistory history) {
        return new ActionReader(table, incidents, history);
    }

    @Bean
    IncidentIndexReader incidentIndexReader(
            IncidentIndexTable incidents, SearchTable entries, IncidentHistory history) {
        return new IncidentIndexReader(incidents, entries, history);
    }

    @Bean
    SearchReader searchReader(SearchTable entries, IncidentIndexTable incidents) {
        return new SearchReader(entries, incidents);
    }

    /** The first node that starts makes the key. */
    @Bean
    Cursors cursors(
            @Qualifier("viewsSchema") Flyway migrated,
            JdbcClient jdbc,
            SingleWriterTransactionManager transactionManager) {
        var key = new byte[Cursors.KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return new Cursors(Objects.requireNonNull(
                new TransactionTemplate(transactionManager).execute(_ -> new CursorKeyTable(jdbc).keptOr(() -> key))));
    }

    @Bean
    GuideTable guideTable(JdbcClient jdbc, RowCipher cipher) {
        return new GuideTable(jdbc, cipher);
    }

    @Bean
    GuideReader guideReader(GuideTable table) {
        return new GuideReader(table);
    }

    @Bean
    ViewFeeds viewFeeds(ObjectProvider<LiveView> views, IncidentHistory history) {
        return new ViewFeeds(views.stream()
                .map(view -> new ViewFeed(view, RecordedEvents::any, history))
                .toList());
    }

    /**
     * Tokens are kept where the views are, and move in the same transaction: the connection is Spring's, which ends with the
     * transaction. Axon's wrapper for units of work would close it once more after that, and the pool would then close the
     * statements of whoever has it by then.
     */
    @Bean
    TokenStore tokenStore(
            @Qualifier("viewsSchema") Flyway migrated,
            DataSource dataSource,
            Database database,
            @Qualifier("tokenSerializer") Serializer tokenSerializer) {
        return JdbcTokenStore.builder()
                .connectionProvider(new SpringDataSourceConnectionProvider(dataSource))
                .schema(Tokens.schema())
                .serializer(tokenSerializer)
                .nodeId(nodeId(database))
                .build();
    }

    private static String nodeId(Database database) {
        return switch (database) {
            // The file has one node at a time, so a claim of the process before this one is ours to go on with.
            case H2 -> "the-only-node";
            // The name of the process, which Axon would take, is the same in two containers that were named alike.
            case POSTGRESQL -> UUID.randomUUID().toString();
        };
    }

    /** The feeds of all live views. */
    record ViewFeeds(List<ViewFeed> feeds) {}
}
