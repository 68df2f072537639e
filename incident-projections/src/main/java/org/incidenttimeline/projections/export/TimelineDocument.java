package org.incidenttimeline.projections.export;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Precision;
import org.incidenttimeline.projections.export.Block.Heading;
import org.incidenttimeline.projections.export.Block.Paragraph;
import org.incidenttimeline.projections.export.Block.Row;
import org.incidenttimeline.projections.export.Block.Table;
import org.incidenttimeline.projections.timeline.Timeline;
import org.incidenttimeline.projections.timeline.TimelineEntry;
import org.incidenttimeline.projections.wording.EntryWords;
import org.incidenttimeline.projections.wording.People;
import org.incidenttimeline.projections.wording.Phrase;
import org.incidenttimeline.projections.wording.Times;

/** The timeline of an incident as a document: every entry, with what is known of it and who said so. */
public final class TimelineDocument {
    private TimelineDocument() {}

    public static Document of(Timeline timeline, People people) {
        var blocks = new ArrayList<Block>();
        var incident = timeline.incidentId().map(Object::toString).orElse("no incident");
        blocks.add(new Heading(1, Phrase.of("Timeline of ").name(incident)));
        blocks.add(new Paragraph(
                Phrase.of("As of version " + timeline.version() + ". All times are UTC." + explained(timeline))));
        var rows = timeline.entries().stream()
                .map(entry -> {
                    var words = EntryWords.of(entry, people);
                    var all = new ArrayList<>(List.of(words.headline()));
                    all.addAll(words.details());
                    return new Row(
                            OptionalLong.of(entry.number()),
                            List.of(
                                    number(entry),
                                    time(entry),
                                    EntryWords.joined(all),
                                    people.tell(entry.actor(), entry.onBehalfOf())));
                })
                .toList();
        blocks.add(new Table(List.of("No.", "Time (UTC)", "What happened", "Recorded by"), rows));
        return new Document(blocks);
    }

    static Phrase number(TimelineEntry entry) {
        return Phrase.of(Long.toString(entry.number()));
    }

    /** What a reader must know of the times in this timeline. */
    static String explained(Timeline timeline) {
        boolean orderOnly =
                timeline.entries().stream().anyMatch(e -> e.occurredAt().precision() == Precision.ORDER_ONLY);
        return orderOnly ? " Of an entry at “then” only its place among the others is known." : "";
    }

    static Phrase time(TimelineEntry entry) {
        OccurredAt at = entry.occurredAt();
        var told = Phrase.of(at.precision() == Precision.ORDER_ONLY ? "then" : Times.words(at))
                .quote(" (“", at.original());
        var closed = at.original().isPresent() ? told.say("”)") : told;
        return at.precision() == Precision.UNKNOWN
                ? closed.say(", recorded " + Times.bare(entry.recordedAt()))
                : closed;
    }
}
