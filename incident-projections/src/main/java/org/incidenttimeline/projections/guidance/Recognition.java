package org.incidenttimeline.projections.guidance;

import java.time.Duration;
import java.util.List;
import org.incidenttimeline.core.event.RunbookContent;
import org.incidenttimeline.core.event.RunbookId;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.event.Text;
import org.incidenttimeline.core.event.Title;

/** By what a runbook in use is recognised. */
public record Recognition(
        RunbookId runbookId,
        int revision,
        Title title,
        List<ServiceName> services,
        List<Text> symptoms,
        Duration readingTime) {
    public Recognition {
        services = List.copyOf(services);
        symptoms = List.copyOf(symptoms);
    }

    static Recognition of(RunbookId runbook, int revision, RunbookContent content) {
        return new Recognition(
                runbook, revision, content.title(), content.services(), content.symptoms(), content.readingTime());
    }

    /** That of a runbook, by the revision in use. */
    public static Recognition of(Guide<RunbookContent> guide) {
        var revision = guide.inUse().orElse(guide.newest());
        return of(new RunbookId(guide.id()), revision.number(), revision.content());
    }
}
