package org.incidenttimeline.projections.store;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.incidenttimeline.core.event.Environment;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.Mode;
import org.incidenttimeline.core.event.Reference;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.history.IncidentHistory;
import org.incidenttimeline.projections.freezes.Freeze;
import org.incidenttimeline.projections.freezes.FreezeCheck;
import org.incidenttimeline.projections.freezes.FreezeFold;
import org.incidenttimeline.projections.past.Known;

/** Answers whether a service may be changed in an environment. */
public final class FreezeReader {
    private final FreezeTable table;
    private final IncidentHistory history;
    private final PastIncidents past;

    public FreezeReader(FreezeTable table, IncidentIndexTable index, IncidentHistory history) {
        this.table = table;
        this.history = history;
        this.past = new PastIncidents(index, history);
    }

    /**
     * A freeze that is on.
     *
     * @param seen whether whoever asks sees its incident; otherwise nothing of that may be told
     * @param place the position in the log at which changes were frozen
     */
    public record Told(Freeze freeze, boolean seen, long place) {}

    /**
     * What forbids a change; nothing if it may be made.
     *
     * @param forbidding the freezes in the way, the newest first
     * @param all whether there are no more than these
     */
    public record Check(List<Told> forbidding, boolean all) {
        public boolean frozen() {
            return !forbidding.isEmpty();
        }
    }

    /**
     * Whether the service is frozen there now for this change: see {@link FreezeCheck}, which this answers by one indexed
     * read. Freezes of incidents that the viewer does not see freeze as others do.
     */
    public Check check(
            ServiceName service, Environment environment, Optional<Reference> change, Viewer viewer, int most) {
        var forbidding = table.forbidding(service, environment, change, viewer, most + 1);
        return new Check(forbidding.stream().limit(most).toList(), forbidding.size() <= most);
    }

    /** So many of the freezes that are on, of incidents of every mode; all, or those that began before a place in the log. */
    public Positioned<List<Told>> on(Viewer viewer, OptionalLong before, int most) {
        return Positioned.read(this::visiblePosition, () -> table.on(viewer, before, most));
    }

    /**
     * The same check about the past.
     *
     * @param replayed how many incidents it may go through
     * @throws TooMuchToReplay if freezes of more incidents were on then, or may have been
     */
    public Check checkThen(
            Known known,
            ServiceName service,
            Environment environment,
            Optional<Reference> change,
            Viewer viewer,
            int most,
            int replayed) {
        var forbidding = then(known, viewer, replayed).stream()
                .filter(told -> FreezeCheck.of(List.of(told.freeze()), service, environment, change)
                        .frozen())
                .toList();
        return new Check(forbidding.stream().limit(most).toList(), forbidding.size() <= most);
    }

    /**
     * The same list about the past.
     *
     * @param replayed how many incidents it may go through
     * @throws TooMuchToReplay if freezes of more incidents were on then, or may have been
     */
    public List<Told> onThen(Known known, Viewer viewer, OptionalLong before, int most, int replayed) {
        return then(known, viewer, replayed).stream()
                .filter(told -> told.seen() || concerns(told.freeze(), viewer))
                .filter(told -> before.isEmpty() || told.place() < before.getAsLong())
                .limit(most)
                .toList();
    }

    /** The freezes that were on then, the newest first. */
    private List<Told> then(Known known, Viewer viewer, int replayed) {
        var where = table.where();
        where.and("""
                exists (select 1 from views.freeze f
                        where f.incident_id = i.incident_id and f.place <= :known
                        and (f.is_on or %s))
                """.formatted(PastIncidents.changedSince(known, where)));
        return past.told(known, viewer, where, replayed).stream()
                .flatMap(FreezeReader::on)
                .sorted(Comparator.comparingLong(Told::place).reversed())
                .toList();
    }

    private static Stream<Told> on(PastIncidents.Told told) {
        var places = PastIncidents.places(told.events());
        return new FreezeFold()
                .replay(told.events()).all().stream()
                        .filter(Freeze::isOn)
                        .map(freeze -> new Told(
                                freeze,
                                told.candidate().seen(),
                                places.getOrDefault(freeze.frozen().entry(), 0L)));
    }

    /** Whether a freeze stops what the viewer has to do with, whatever incident it is of. */
    private static boolean concerns(Freeze freeze, Viewer viewer) {
        return freeze.mode() == Mode.LIVE
                && (viewer.services().isEmpty()
                        || freeze.scope().services().stream()
                                .anyMatch(frozen -> viewer.services().stream().anyMatch(frozen::covers)));
    }

    /** All freezes of one incident, oldest first, always from the log. */
    public List<Freeze> of(IncidentId incident) {
        return new FreezeFold().replay(history.of(incident)).all();
    }

    /** The place in the whole log up to which the list is complete. */
    public long visiblePosition() {
        return table.visiblePosition();
    }

    /** The place in the whole log up to which the check knows all. */
    public long position() {
        return table.position();
    }
}
