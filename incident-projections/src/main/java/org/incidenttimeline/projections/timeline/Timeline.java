package org.incidenttimeline.projections.timeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.IncidentEvent.IncidentDeclared;
import org.incidenttimeline.core.event.IncidentEvent.IncidentImported;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.Mode;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Phase;
import org.incidenttimeline.core.event.Precision;
import org.incidenttimeline.core.event.Progress;

/**
 * An incident in the order in which things happened; of two that happened at the same time, the one recorded earlier
 * comes first.
 *
 * @param version the version of the last event that it knows, 0 where nothing is recorded
 */
public record Timeline(long version, List<TimelineEntry> entries) {
    private static final Comparator<TimelineEntry> AS_IT_HAPPENED =
            Comparator.comparing(TimelineEntry::sortedBy).thenComparingLong(TimelineEntry::number);

    /**
     * A stretch of time of which nothing is told.
     *
     * @param after the entry before it
     * @param before the entry after it
     */
    public record Gap(TimelineEntry after, TimelineEntry before, Duration length) {}

    /**
     * One stay in one phase.
     *
     * @param from what brought the incident there
     * @param until what ended the stay; empty while it lasts
     */
    public record Stay(Phase phase, Source from, Optional<Source> until) {
        /** How long it lasted; empty while it lasts, or where either end has no known time. May be negative. */
        public Optional<Duration> length() {
            return from.occurredAt()
                    .at()
                    .flatMap(start ->
                            until.flatMap(end -> end.occurredAt().at().map(stop -> Duration.between(start, stop))));
        }

        /** Whether an end is known less exactly than to the minute. */
        public boolean approximate() {
            return from.occurredAt().precision() != Precision.MINUTE
                    || until.map(Source::occurredAt)
                            .map(OccurredAt::precision)
                            .filter(p -> p != Precision.MINUTE)
                            .isPresent();
        }
    }

    public Timeline {
        entries = entries.stream().sorted(AS_IT_HAPPENED).toList();
    }

    public static final Timeline EMPTY = new Timeline(0, List.of());

    public Optional<IncidentId> incidentId() {
        return entries.stream().findFirst().map(e -> e.event().incidentId());
    }

    /** The entry of this number, unless it does not exist or is no entry of its own. */
    public Optional<TimelineEntry> entry(long number) {
        return entries.stream().filter(e -> e.number() == number).findFirst();
    }

    /** The entries in the order in which they were recorded. */
    public List<TimelineEntry> asRecorded() {
        return entries.stream()
                .sorted(Comparator.comparingLong(TimelineEntry::number))
                .toList();
    }

    /** Whether this was happening or practised; empty where the declaration is not among the entries. */
    public Optional<Mode> mode() {
        return entries.stream()
                .map(TimelineEntry::event)
                .filter(IncidentDeclared.class::isInstance)
                .map(declared -> ((IncidentDeclared) declared).mode())
                .findFirst();
    }

    /** The same timeline with only the entries wanted. */
    public Timeline only(Predicate<TimelineEntry> wanted) {
        return new Timeline(version, entries.stream().filter(wanted).toList());
    }

    public static Predicate<TimelineEntry> ofKind(String kind) {
        return e -> e.kind().equals(kind);
    }

    public static Predicate<TimelineEntry> by(Actor.Kind kind) {
        return e -> e.actor().kind() == kind;
    }

    /** Entries of one actor, the name compared whatever its case. */
    public static Predicate<TimelineEntry> by(String name) {
        return e -> e.actor().name().value().equalsIgnoreCase(name);
    }

    /** The stretches longer than this between entries whose times are known. When it was all imported tells of no gap. */
    public List<Gap> gapsLongerThan(Duration length) {
        var known = entries.stream()
                .filter(e -> e.occurredAt().at().isPresent() && !(e.event() instanceof IncidentImported))
                .toList();
        var gaps = new ArrayList<Gap>();
        for (int i = 1; i < known.size(); i++) {
            var gap = Duration.between(known.get(i - 1).sortedBy(), known.get(i).sortedBy());
            if (gap.compareTo(length) > 0) {
                gaps.add(new Gap(known.get(i - 1), known.get(i), gap));
            }
        }
        return gaps;
    }

    /** The phases the incident went through, in the order of recording, each as long as it stayed there. */
    public List<Stay> stays() {
        var stays = new ArrayList<Stay>();
        var progress = Progress.DECLARED;
        for (TimelineEntry entry : asRecorded()) {
            progress = progress.after(entry.event());
            if (stays.isEmpty()) {
                stays.add(new Stay(progress.phase(), entry.source(), Optional.empty()));
            } else if (stays.getLast().phase() != progress.phase()) {
                var left = stays.removeLast();
                stays.add(new Stay(left.phase(), left.from(), Optional.of(entry.source())));
                stays.add(new Stay(progress.phase(), entry.source(), Optional.empty()));
            }
        }
        return List.copyOf(stays);
    }
}
