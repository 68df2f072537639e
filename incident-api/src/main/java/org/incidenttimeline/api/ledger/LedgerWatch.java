package org.incidenttimeline.api.ledger;

import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.incidenttimeline.core.log.LedgerFault;
import org.incidenttimeline.core.log.LedgerSigner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Signs what was added, and once after the start checks everything, beside the service. Every node does so, and none waits for
 * another: two that sign the same tree make the same checkpoint.
 */
@Component
class LedgerWatch {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerWatch.class);
    private static final Duration SHUTDOWN_PATIENCE = Duration.ofSeconds(5);

    private final LedgerSigner signer;
    private final Duration pause;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(
            2, Thread.ofPlatform().name("ledger-", 0).factory());

    LedgerWatch(LedgerSigner signer, @Value("${incident.ledger.pause:500ms}") Duration pause) {
        this.signer = signer;
        this.pause = pause;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        threads.execute(() -> watch(signer::audit));
        var _ = threads.scheduleWithFixedDelay(() -> watch(signer::sign), 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void end() throws InterruptedException {
        threads.shutdownNow();
        if (!threads.awaitTermination(SHUTDOWN_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            LOG.warn("A check of the ledger does not end.");
        }
    }

    /** Checks, and tells what is wrong; a check that could not be made is made again at its time. */
    void watch(Supplier<Optional<LedgerFault>> check) {
        try {
            check.get()
                    .ifPresent(fault -> LOG.error(
                            "The record was changed. Nothing more is signed or written: {}", fault.sentence()));
        } catch (RuntimeException e) {
            if (!threads.isShutdown()) {
                LOG.warn("The ledger could not be checked.", e);
            }
        }
    }
}
