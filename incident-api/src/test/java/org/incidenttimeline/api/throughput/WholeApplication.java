package org.incidenttimeline.api.throughput;

import java.time.Clock;
import java.util.Collection;
import java.util.OptionalLong;
import org.axonframework.config.Configurer;
import org.axonframework.eventhandling.EventProcessor;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.core.axon.Node;
import org.incidenttimeline.core.command.CommandDesk;
import org.incidenttimeline.core.command.IncidentCommand;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;

/** The running application with its live views, asked in process or over HTTP. */
final class WholeApplication implements Subject {
    private final TestDatabase database;
    private final RunningService service;
    private final CommandDesk desk;
    private final Collection<EventProcessor> views;
    private final boolean overHttp;
    private final Notes notes;

    WholeApplication(Database kind, int callers, boolean overHttp) {
        database = TestDatabases.empty(kind);
        service = RunningService.on(database, Clock.systemUTC(), "--logging.level.org.flywaydb=ERROR");
        desk = service.context().getBean(CommandDesk.class);
        views = service.context()
                .getBean(Configurer.class)
                .buildConfiguration()
                .eventProcessingConfiguration()
                .eventProcessors()
                .values();
        this.overHttp = overHttp;
        notes = new Notes(overHttp ? "http" : "desk", callers);
        pause();
    }

    @Override
    public void write(int caller) {
        IncidentCommand command = notes.next(caller);
        if (overHttp) {
            post(command);
        } else {
            desk.submit(command, Node.ANA, OptionalLong.empty());
        }
    }

    @Override
    public void resume() {
        views.forEach(EventProcessor::start);
    }

    @Override
    public void pause() {
        views.forEach(EventProcessor::shutDown);
    }

    @Override
    public void close() {
        service.close();
        database.close();
    }

    private void post(IncidentCommand command) {
        String incident = command.incidentId().value();
        if (command instanceof IncidentCommand.DeclareIncident) {
            service.tell("/incidents", """
                    {"incidentId": "%s", "occurredAt": "2026-03-02T14:00:00Z", "title": "Checkout fails",
                     "severity": "SEV3", "lead": "ana", "detection": {"source": "ALERT"}}
                    """.formatted(incident));
        } else {
            service.tell("/incidents/" + incident + "/notes", """
                    {"text": "the vendor says that all is well on their side"}
                    """);
        }
    }
}
