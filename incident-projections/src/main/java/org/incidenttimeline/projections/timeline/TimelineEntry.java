package org.incidenttimeline.projections.timeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.EventCatalogue;
import org.incidenttimeline.core.event.IncidentEvent;
import org.incidenttimeline.core.event.IncidentEvent.ChangeRecorded;
import org.incidenttimeline.core.event.IncidentEvent.HypothesisConfirmed;
import org.incidenttimeline.core.event.IncidentEvent.HypothesisRefuted;
import org.incidenttimeline.core.event.IncidentEvent.HypothesisTestBegun;
import org.incidenttimeline.core.event.IncidentEvent.HypothesisTestInconclusive;
import org.incidenttimeline.core.event.IncidentEvent.MitigationBegun;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.core.event.Text;

/**
 * One event as the timeline shows it. What was first said is in {@link #recorded()}; what stands now is in
 * {@link #text()} and {@link #occurredAt()}.
 *
 * @param recorded the event as the log holds it
 * @param corrections every correction of the entry, oldest first
 * @param pinned whether it matters more than others
 */
public record TimelineEntry(RecordedEvent recorded, List<Correction> corrections, boolean pinned) {
    /** What a reader must not overlook. */
    public enum Flag {
        /** A change reached the scope of a freeze without an exception. */
        INSIDE_FREEZE,
        /** A rule was overridden, and the entry says why. */
        RULE_OVERRIDDEN
    }

    public TimelineEntry {
        corrections = List.copyOf(corrections);
    }

    public static TimelineEntry of(RecordedEvent recorded) {
        return new TimelineEntry(recorded, List.of(), false);
    }

    /** The number by which people and corrections name this entry: the version of its event. */
    public long number() {
        return recorded.version();
    }

    public IncidentEvent event() {
        return recorded.event();
    }

    /** What happened, as the log names it: {@code changes-frozen}. */
    public String kind() {
        return EventCatalogue.kindOf(event());
    }

    public Actor actor() {
        return recorded.provenance().actor();
    }

    /** The human that a tool said it acted for. */
    public Optional<Person> onBehalfOf() {
        return recorded.provenance().onBehalfOf();
    }

    public Instant recordedAt() {
        return recorded.recordedAt();
    }

    /** When it happened, as corrected last. */
    public OccurredAt occurredAt() {
        return corrections.reversed().stream()
                .flatMap(c -> c.time().stream())
                .findFirst()
                .orElse(event().occurredAt());
    }

    /** The moment to sort by: the time claimed, or where none is known, the time of recording. */
    public Instant sortedBy() {
        return occurredAt().sortedBy(recordedAt());
    }

    /** The entry's own words, as corrected last; see {@link Wording} for which words of an event these are. */
    public Optional<Text> text() {
        return correctedText().or(() -> Wording.of(event()));
    }

    /** The words of the last correction that changed words. */
    public Optional<Text> correctedText() {
        return corrections.reversed().stream().flatMap(c -> c.text().stream()).findFirst();
    }

    public Source source() {
        return new Source(number(), occurredAt(), recordedAt(), actor(), !corrections.isEmpty());
    }

    public Set<Flag> flags() {
        var flags = EnumSet.noneOf(Flag.class);
        if (event() instanceof ChangeRecorded change && change.freezeBroken().isPresent()) {
            flags.add(Flag.INSIDE_FREEZE);
        }
        if (!overrides().isEmpty()) {
            flags.add(Flag.RULE_OVERRIDDEN);
        }
        return flags;
    }

    /** The reasons given for doing what a rule forbids, if one was overridden. */
    public List<Text> overrides() {
        var reasons = new ArrayList<Text>();
        if (event() instanceof HypothesisTestBegun e) {
            e.overrideBecause().ifPresent(reasons::add);
        } else if (event() instanceof HypothesisConfirmed e) {
            e.overrideBecause().ifPresent(reasons::add);
        } else if (event() instanceof HypothesisRefuted e) {
            e.overrideBecause().ifPresent(reasons::add);
        } else if (event() instanceof HypothesisTestInconclusive e) {
            e.overrideBecause().ifPresent(reasons::add);
        } else if (event() instanceof MitigationBegun e) {
            e.parallelBecause().ifPresent(reasons::add);
            e.evidenceWaivedBecause().ifPresent(reasons::add);
        }
        return List.copyOf(reasons);
    }

    TimelineEntry corrected(Correction correction) {
        var all = new ArrayList<>(corrections);
        all.add(correction);
        return new TimelineEntry(recorded, all, pinned);
    }

    TimelineEntry pinned(boolean now) {
        return new TimelineEntry(recorded, corrections, now);
    }
}
