package org.incidenttimeline.api.ledger;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.incidenttimeline.api.schedule.Recurring;
import org.incidenttimeline.core.ledger.LedgerKeys;
import org.incidenttimeline.core.ledger.NoteKey;
import org.incidenttimeline.core.log.CheckpointFiles;
import org.incidenttimeline.core.log.EventLog;
import org.incidenttimeline.core.log.Ledger;
import org.incidenttimeline.core.log.LedgerSigner;
import org.incidenttimeline.core.log.WriterLock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The keys of the ledger, and the work that audits it. */
@Configuration(proxyBeanMethods = false)
class LedgerConfiguration {
    @Bean
    LedgerKeys ledgerKeys(@Value("${incident.ledger.keys:data/ledger}") Path directory) {
        return LedgerKeys.in(directory);
    }

    @Bean
    Ledger ledger(EventLog log, DataSource dataSource, WriterLock writerLock) {
        return new Ledger(dataSource, writerLock);
    }

    @Bean
    LedgerSigner ledgerSigner(
            Ledger ledger,
            LedgerKeys keys,
            @Value("${incident.ledger.checkpoints:data/ledger/checkpoints}") Path directory,
            Clock clock) {
        return new LedgerSigner(ledger, keys, new CheckpointFiles(directory), clock);
    }

    /** The witnesses whose signatures are taken. */
    record Witnesses(List<NoteKey> keys) {
        Witnesses {
            keys = List.copyOf(keys);
        }
    }

    @Bean
    Witnesses witnesses(@Value("${incident.ledger.witnesses:}") List<String> keys) {
        return new Witnesses(keys.stream().map(NoteKey::of).toList());
    }

    @Bean
    Recurring auditLedger(
            LedgerSigner signer, LedgerWatch watch, @Value("${incident.ledger.audit-pause:1h}") Duration pause) {
        return new Recurring("audit-ledger", pause, () -> watch.watch(signer::audit));
    }
}
