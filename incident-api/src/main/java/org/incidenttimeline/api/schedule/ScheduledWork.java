package org.incidenttimeline.api.schedule;

import com.github.kagkarlsson.scheduler.Scheduler;
import org.springframework.context.SmartLifecycle;

/** Starts the recurring work when commands can be given and views are kept, and stops it before they no longer are. */
final class ScheduledWork implements SmartLifecycle {
    private final Scheduler scheduler;
    private volatile boolean running;

    ScheduledWork(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public void start() {
        scheduler.start();
        running = true;
    }

    @Override
    public void stop() {
        scheduler.stop();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After Axon, which starts in phase 0, and before the web server, which starts among the last. */
    @Override
    public int getPhase() {
        return 100;
    }
}
