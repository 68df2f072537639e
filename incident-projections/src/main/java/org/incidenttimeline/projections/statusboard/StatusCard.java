package org.incidenttimeline.projections.statusboard;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.incidenttimeline.core.event.Audience;
import org.incidenttimeline.core.event.Impact;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.ItemId.FreezeId;
import org.incidenttimeline.core.event.ItemId.HypothesisId;
import org.incidenttimeline.core.event.ItemId.MitigationId;
import org.incidenttimeline.core.event.ItemId.UpdateId;
import org.incidenttimeline.core.event.Mode;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Phase;
import org.incidenttimeline.core.event.Progress;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.event.Severity;
import org.incidenttimeline.core.event.Text;
import org.incidenttimeline.core.event.Title;
import org.incidenttimeline.core.event.Visibility;
import org.incidenttimeline.projections.incident.Inquiry;
import org.incidenttimeline.projections.timeline.Source;

/**
 * How one incident stands. It grows with the number of hypotheses, of mitigations under way and of people, with nothing else, and
 * its words are cut to the first {@value #MOST_CHARACTERS} characters; the incident has all of them.
 *
 * @param version the version of the last event that it knows
 * @param position the place of that event in the whole log
 * @param named whoever declared it or was ever given a role in it: those who may see it while it is restricted
 * @param impact what is suffered, as assessed last
 * @param freezes the freezes that are on
 * @param inquiry where the hypotheses stand
 * @param hypotheses what every hypothesis says, so that any can become the primary one
 * @param mitigations the steps under way
 * @param due when each audience was promised to hear next, while the promise is open
 */
public record StatusCard(
        IncidentId incidentId,
        long version,
        long position,
        Title title,
        Severity severity,
        Progress progress,
        Mode mode,
        Visibility visibility,
        List<ServiceName> services,
        Person lead,
        Set<Person> named,
        Source declared,
        Optional<ImpactNow> impact,
        Set<FreezeId> freezes,
        Inquiry inquiry,
        Map<HypothesisId, Said> hypotheses,
        Map<MitigationId, Said> mitigations,
        Optional<LastUpdate> lastUpdate,
        Map<Audience, Due> due) {

    static final int MOST_CHARACTERS = 500;

    /** What is suffered; {@code until} is there once it ended. */
    public record ImpactNow(Impact impact, Optional<OccurredAt> until, Source source) {}

    /** The words of a hypothesis or a mitigation, and where they are from. */
    public record Said(Text text, Source source) {}

    /** The update that was published last. */
    public record LastUpdate(UpdateId updateId, List<Audience> audiences, Text whatHappened, Source source) {}

    /** A promise of the next update; {@code missed} once it is recorded that it was not kept. */
    public record Due(Instant at, boolean missed) {}

    public StatusCard {
        services = List.copyOf(services);
        named = Set.copyOf(named);
        freezes = Set.copyOf(freezes);
        hypotheses = Map.copyOf(hypotheses);
        mitigations = Map.copyOf(mitigations);
        due = Map.copyOf(due);
    }

    public Phase phase() {
        return progress.phase();
    }

    /** Whether the person is one of those named, whatever the case of the name. */
    public boolean names(Person person) {
        return named.stream().anyMatch(p -> p.value().equalsIgnoreCase(person.value()));
    }

    public boolean frozen() {
        return !freezes.isEmpty();
    }

    /** The words of the hypothesis that the response works on; its standing is in the inquiry. */
    public Optional<Said> primaryHypothesis() {
        return inquiry.primary().map(hypotheses::get);
    }

    /** Whether an audience waits for an update that was due before now. */
    public boolean isOverdue(Instant now) {
        return due.values().stream().anyMatch(d -> d.missed() || d.at().isBefore(now));
    }

    static Text brief(Text text) {
        String words = text.value();
        if (words.length() <= MOST_CHARACTERS) {
            return text;
        }
        int end = MOST_CHARACTERS - 1;
        return new Text(words.substring(0, Character.isHighSurrogate(words.charAt(end - 1)) ? end - 1 : end) + "…");
    }

    static Impact brief(Impact impact) {
        return new Impact(
                brief(impact.broken()),
                impact.stillWorks().map(StatusCard::brief),
                impact.affected().map(StatusCard::brief),
                impact.spread());
    }
}
