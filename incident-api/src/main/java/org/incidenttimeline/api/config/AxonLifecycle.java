package org.incidenttimeline.api.config;

import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Starts Axon's handlers and processors before the first request is taken, and stops them after the last. */
@Component
final class AxonLifecycle implements SmartLifecycle {
    private final Configuration axon;
    private volatile boolean running;

    AxonLifecycle(Configurer configurer) {
        axon = configurer.buildConfiguration();
    }

    Configuration axon() {
        return axon;
    }

    @Override
    public void start() {
        axon.start();
        running = true;
    }

    @Override
    public void stop() {
        axon.shutdown();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the web server, which starts among the last and stops among the first. */
    @Override
    public int getPhase() {
        return 0;
    }
}
