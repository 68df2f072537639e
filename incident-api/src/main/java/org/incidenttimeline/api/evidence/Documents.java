package org.incidenttimeline.api.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.projections.export.Document;
import org.incidenttimeline.projections.export.JsonExport;
import org.incidenttimeline.projections.export.MarkdownWriter;
import org.incidenttimeline.projections.export.PostmortemDocument;
import org.incidenttimeline.projections.export.TimelineDocument;
import org.incidenttimeline.projections.incident.IncidentFold;
import org.incidenttimeline.projections.postmortem.PostmortemDraft;
import org.incidenttimeline.projections.wording.People;

/** The documents of one incident. They are made of its events and nothing else, so whoever has these can make them again. */
final class Documents {
    private Documents() {}

    /**
     * The documents by the names of their files.
     *
     * @throws java.util.NoSuchElementException if the events do not begin with the declaration of an incident
     */
    static Map<String, byte[]> of(List<RecordedEvent> events) {
        var incident = new IncidentFold().replay(events).orElseThrow();
        var timeline = incident.timeline();
        var draft = PostmortemDraft.of(incident);
        var names = People.named();
        var roles = People.inRoles(timeline);
        return new TreeMap<>(Map.of(
                "timeline.json", JsonExport.of(timeline, incident.incidentId(), Optional.empty(), names),
                "timeline.md", markdown(TimelineDocument.of(timeline, timeline.mode(), names)),
                "postmortem.json", JsonExport.of(draft, roles),
                "postmortem.md", markdown(PostmortemDocument.of(draft, roles)),
                "communication.json", JsonExport.communication(incident, names),
                "roles.json", JsonExport.roles(incident)));
    }

    private static byte[] markdown(Document document) {
        return MarkdownWriter.write(document, MarkdownWriter.Citations.LINKED).getBytes(UTF_8);
    }
}
