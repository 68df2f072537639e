package org.incidenttimeline.projections.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.EventCatalogue;
import org.incidenttimeline.core.event.FindingKind;
import org.incidenttimeline.core.event.IncidentEvent.EntryImported;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.SourceStatus;
import org.incidenttimeline.projections.incident.IncidentView;
import org.incidenttimeline.projections.milestones.Measurement;
import org.incidenttimeline.projections.milestones.Milestone;
import org.incidenttimeline.projections.postmortem.PostmortemDraft;
import org.incidenttimeline.projections.timeline.Source;
import org.incidenttimeline.projections.timeline.Timeline;
import org.incidenttimeline.projections.timeline.TimelineEntry;
import org.incidenttimeline.projections.wording.EntryWords;
import org.incidenttimeline.projections.wording.Names;
import org.incidenttimeline.projections.wording.People;
import org.incidenttimeline.projections.wording.Phrase;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The timeline and the postmortem as JSON. The records here are the shape, described in docs/authors/exports.md: fields in
 * the order written, {@code null} for what is not recorded, instants as ISO 8601 in UTC, durations in seconds, kinds and
 * states as the words that commands take. Texts are as they were written; whoever shows them must escape them.
 */
public final class JsonExport {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private JsonExport() {}

    public record TimelineJson(String incident, long version, List<EntryJson> entries) {}

    public record TimelinePartJson(
            String incident,
            long version,
            List<EntryJson> entries,
            @Nullable String next) {}

    public record EntryJson(
            long number,
            long position,
            String kind,
            TimeJson occurredAt,
            String recordedAt,
            String by,
            String byKind,
            @Nullable String onBehalfOf,
            String headline,
            List<String> details,
            List<CorrectionJson> corrections,
            boolean pinned,
            List<String> flags,
            @Nullable ImportedJson imported) {}

    public record ImportedJson(
            String source,
            String id,
            @Nullable String url,
            @Nullable String status,
            @Nullable String statusMeans,
            List<ClaimJson> otherTimes) {}

    public record ClaimJson(TimeJson time, String claimedBy) {}

    public record OriginJson(
            String source,
            String id,
            @Nullable String url,
            @Nullable String licence,
            @Nullable String importRun,
            String by,
            long entry) {}

    public record CorrectionJson(
            long number,
            @Nullable String text,
            @Nullable TimeJson occurredAt,
            String because,
            String by,
            @Nullable String onBehalfOf,
            String recordedAt) {}

    public record TimeJson(
            @Nullable String at,
            String precision,
            @Nullable String until,
            @Nullable String offset,
            @Nullable String original) {}

    public record PostmortemJson(
            String incident,
            long version,
            String title,
            String severity,
            String phase,
            String mode,
            List<String> services,
            @Nullable OriginJson imported,
            @Nullable String summary,
            List<ImpactJson> impacts,
            List<MilestoneJson> milestones,
            List<MeasurementJson> measurements,
            List<FindingJson> findings,
            List<HypothesisJson> hypotheses,
            List<PlaybookJson> playbooks,
            List<RunbookJson> runbooks,
            List<MitigationJson> mitigations,
            List<ChangeJson> changes,
            List<FreezeJson> freezes,
            List<PromiseJson> promises,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<EntryJson> duties,
            List<ActionJson> actions,
            @Nullable String noActionBecause,
            List<EvidenceJson> evidence,
            List<MissingJson> missing,
            TimelineJson timeline) {}

    public record ImpactJson(
            @Nullable String id,
            String broken,
            @Nullable String stillWorks,
            @Nullable String affected,
            String spread,
            @Nullable TimeJson from,
            @Nullable TimeJson until,
            List<Long> entries) {}

    public record MilestoneJson(String name, TimeJson at, long entry) {}

    public record MeasurementJson(
            String name,
            @Nullable Long seconds,
            boolean approximate,
            @Nullable String remark,
            List<String> missing) {}

    public record FindingJson(
            String id, String kind, String text, @Nullable String pattern, List<Long> shownBy, List<Long> entries) {}

    public record HypothesisJson(
            String id,
            String statement,
            @Nullable String prediction,
            @Nullable String refutedBy,
            String status,
            List<BearingJson> evidence,
            List<TestJson> tests,
            @Nullable String setAsideBecause,
            List<Long> entries) {}

    public record BearingJson(String evidence, String bearing, String because, long entry) {}

    public record TestJson(
            String id,
            String action,
            boolean risky,
            @Nullable String approvedBy,
            @Nullable String outcome,
            @Nullable String observed,
            List<Long> entries) {}

    public record PlaybookJson(String id, int revision, String title, String severity, long entry) {}

    public record RunbookJson(String id, int revision, String title, List<StepJson> steps, long entry) {}

    public record StepJson(
            int number,
            String action,
            @Nullable String outcome,
            @Nullable String skippedBecause,
            @Nullable Long entry) {}

    public record MitigationJson(
            String id,
            String kind,
            String text,
            boolean destructive,
            @Nullable String restsOn,
            String status,
            @Nullable String outcome,
            @Nullable String observed,
            @Nullable String rolledBackBecause,
            @Nullable String parallelBecause,
            @Nullable String evidenceWaivedBecause,
            List<Long> entries) {}

    public record ChangeJson(
            String id,
            String kind,
            String text,
            String service,
            @Nullable String environment,
            @Nullable String reference,
            @Nullable String verdict,
            @Nullable String freezeBroken,
            TimeJson occurredAt,
            long entry) {}

    public record FreezeJson(
            String id,
            List<String> services,
            List<String> environments,
            String reason,
            TimeJson from,
            @Nullable TimeJson lifted,
            List<ExceptionJson> exceptions,
            List<Long> entries) {}

    public record ExceptionJson(String id, String change, String approvedBy, String because, long entry) {}

    public record PromiseJson(
            String audience,
            String dueAt,
            String status,
            @Nullable Long lateBySeconds) {}

    public record CommunicationJson(
            String incident,
            long version,
            List<PlanJson> plans,
            List<UpdateJson> updates,
            List<PromiseJson> promises) {}

    public record PlanJson(String audience, String owner, String channel, long cadenceSeconds, long entry) {}

    public record UpdateJson(
            String id,
            List<String> audiences,
            TimeJson at,
            String whatHappened,
            String userImpact,
            String whatWeAreDoing,
            @Nullable String nextUpdateAt,
            String by,
            long entry) {}

    public record RolesJson(String incident, long version, String visibility, List<HoldingJson> holdings) {}

    public record HoldingJson(
            String role,
            String person,
            HandOverJson since,
            @Nullable HandOverJson until) {}

    public record HandOverJson(TimeJson at, String recordedAt, String by, long entry) {}

    public record ActionJson(
            String id,
            String text,
            String kind,
            @Nullable String owner,
            @Nullable String due,
            @Nullable String finding,
            @Nullable String tracker,
            String status,
            @Nullable String outcome,
            List<Long> entries) {}

    public record EvidenceJson(
            String id,
            String title,
            String kind,
            String certainty,
            String location,
            @Nullable String sha256,
            long entry) {}

    public record MissingJson(String what, List<Long> entries) {}

    /** The timeline, which speaks of people as told. */
    public static byte[] of(Timeline timeline, People people) {
        return MAPPER.writeValueAsBytes(timeline(timeline, people));
    }

    /** The postmortem with its timeline, which speaks of people as told. */
    public static byte[] of(PostmortemDraft draft, People people) {
        return MAPPER.writeValueAsBytes(postmortem(draft, people));
    }

    /** Who was to hear what and when, what was published, and which promises were kept. */
    public static byte[] communication(IncidentView incident, People people) {
        return MAPPER.writeValueAsBytes(new CommunicationJson(
                incident.incidentId().value(),
                incident.version(),
                incident.plans().stream()
                        .map(plan -> new PlanJson(
                                Names.code(plan.audience()),
                                who(plan.owner(), people),
                                plan.channel().value(),
                                plan.cadence().toSeconds(),
                                plan.source().entry()))
                        .toList(),
                incident.updates().stream().map(u -> update(u, people)).toList(),
                promises(incident)));
    }

    private static List<PromiseJson> promises(IncidentView incident) {
        return incident.promises().stream()
                .map(p -> new PromiseJson(
                        Names.code(p.audience()),
                        p.dueAt().toString(),
                        Names.code(p.status()),
                        p.lateBy().map(d -> d.toSeconds()).orElse(null)))
                .toList();
    }

    private static UpdateJson update(IncidentView.Update u, People people) {
        return new UpdateJson(
                u.updateId().value(),
                u.audiences().stream().map(Names::code).toList(),
                time(u.source().occurredAt()),
                u.whatHappened().value(),
                u.userImpact().value(),
                u.whatWeAreDoing().value(),
                text(u.nextUpdateAt()),
                by(u.source().by(), people),
                u.source().entry());
    }

    /** Who held which role and when, by name: that is what it is asked for. */
    public static byte[] roles(IncidentView incident) {
        return MAPPER.writeValueAsBytes(new RolesJson(
                incident.incidentId().value(),
                incident.version(),
                Names.code(incident.visibility()),
                incident.roles().stream()
                        .map(held -> new HoldingJson(
                                Names.code(held.role()),
                                held.person().value(),
                                handOver(held.since()),
                                held.until().map(JsonExport::handOver).orElse(null)))
                        .toList()));
    }

    private static HandOverJson handOver(Source source) {
        return new HandOverJson(
                time(source.occurredAt()),
                source.recordedAt().toString(),
                by(source.by(), People.named()),
                source.entry());
    }

    /**
     * A part of a timeline.
     *
     * @param next where the next part begins; empty for the last
     */
    public static byte[] of(Timeline part, IncidentId incident, Optional<String> next, People people) {
        return MAPPER.writeValueAsBytes(new TimelinePartJson(
                incident.value(),
                part.version(),
                part.entries().stream().map(e -> entry(e, people)).toList(),
                next.orElse(null)));
    }

    private static TimelineJson timeline(Timeline timeline, People people) {
        return new TimelineJson(
                timeline.incidentId().map(Object::toString).orElse(""),
                timeline.version(),
                timeline.entries().stream().map(e -> entry(e, people)).toList());
    }

    private static EntryJson entry(TimelineEntry e, People people) {
        var words = EntryWords.of(e, people);
        return new EntryJson(
                e.number(),
                e.recorded().position(),
                EventCatalogue.kindOf(e.event()),
                time(e.occurredAt()),
                e.recordedAt().toString(),
                by(e.actor(), people),
                Names.code(e.actor().kind()),
                onBehalfOf(e.onBehalfOf(), people),
                words.headline().text(),
                words.details().stream().map(Phrase::text).toList(),
                e.corrections().stream()
                        .map(c -> new CorrectionJson(
                                c.version(),
                                text(c.text()),
                                c.time().map(JsonExport::time).orElse(null),
                                c.because().value(),
                                by(c.by(), people),
                                onBehalfOf(c.onBehalfOf(), people),
                                c.recordedAt().toString()))
                        .toList(),
                e.pinned(),
                e.flags().stream().map(Names::code).toList(),
                e.event() instanceof EntryImported imported ? imported(imported) : null);
    }

    private static ImportedJson imported(EntryImported e) {
        return new ImportedJson(
                e.origin().source().value(),
                e.origin().id().value(),
                text(e.origin().url()),
                text(e.status().map(SourceStatus::called)),
                e.status().flatMap(SourceStatus::means).map(Names::code).orElse(null),
                e.otherTimes().stream()
                        .map(claim -> new ClaimJson(
                                time(claim.time()), claim.claimedBy().value()))
                        .toList());
    }

    private static PostmortemJson postmortem(PostmortemDraft draft, People people) {
        var incident = draft.incident();
        return new PostmortemJson(
                incident.incidentId().value(),
                incident.version(),
                incident.title().value(),
                incident.severity().name(),
                Names.code(incident.phase()),
                Names.code(incident.mode()),
                incident.services().stream().map(Object::toString).toList(),
                incident.imported()
                        .map(i -> new OriginJson(
                                i.origin().source().value(),
                                i.origin().id().value(),
                                text(i.origin().url()),
                                text(i.licence()),
                                text(i.run()),
                                by(i.source().by(), people),
                                i.source().entry()))
                        .orElse(null),
                text(incident.postmortem().map(p -> p.summary())),
                draft.impacts().stream()
                        .map(w -> new ImpactJson(
                                text(w.impactId()),
                                w.impact().broken().value(),
                                text(w.impact().stillWorks()),
                                text(w.impact().affected()),
                                Names.code(w.impact().spread()),
                                w.from().map(JsonExport::time).orElse(null),
                                w.until().map(JsonExport::time).orElse(null),
                                entries(w.sources())))
                        .toList(),
                Stream.of(Milestone.Name.values())
                        .flatMap(n -> draft.milestones().get(n).stream()
                                .map(m -> new MilestoneJson(
                                        Names.code(n), time(m.at()), m.source().entry())))
                        .toList(),
                draft.milestones().measurements().stream()
                        .map(JsonExport::measurement)
                        .toList(),
                Stream.of(FindingKind.values())
                        .flatMap(k -> draft.findings(k).stream())
                        .map(f -> new FindingJson(
                                f.findingId().value(),
                                Names.code(f.kind()),
                                f.text().value(),
                                text(f.pattern()),
                                f.entries(),
                                entries(f.sources())))
                        .toList(),
                hypotheses(draft, people),
                incident.playbooks().stream()
                        .map(p -> new PlaybookJson(
                                p.playbookId().value(),
                                p.revision(),
                                p.title().value(),
                                p.severity().name(),
                                p.source().entry()))
                        .toList(),
                runbooks(draft),
                mitigations(draft),
                incident.changes().stream()
                        .map(c -> new ChangeJson(
                                c.changeId().value(),
                                Names.code(c.kind()),
                                c.text().value(),
                                c.service().value(),
                                text(c.environment()),
                                text(c.reference()),
                                c.verdict().map(Names::code).orElse(null),
                                text(c.freezeBroken()),
                                time(c.source().occurredAt()),
                                c.source().entry()))
                        .toList(),
                freezes(draft, people),
                promises(incident),
                draft.duties().stream().map(e -> entry(e, people)).toList(),
                incident.actions().stream()
                        .map(a -> new ActionJson(
                                a.actionId().value(),
                                a.text().value(),
                                Names.code(a.kind()),
                                a.owner().map(p -> who(p, people)).orElse(null),
                                a.due().map(Object::toString).orElse(null),
                                text(a.finding()),
                                text(a.tracker()),
                                Names.code(a.status()),
                                text(a.outcome()),
                                entries(a.sources())))
                        .toList(),
                text(incident.postmortem().flatMap(p -> p.noActionBecause())),
                incident.evidence().stream()
                        .map(e -> new EvidenceJson(
                                e.evidenceId().value(),
                                e.title().value(),
                                Names.code(e.kind()),
                                Names.code(e.certainty()),
                                e.location().value(),
                                text(e.sha256()),
                                e.source().entry()))
                        .toList(),
                draft.missing().stream()
                        .map(m -> new MissingJson(m.what(), m.entries()))
                        .toList(),
                timeline(incident.timeline(), people));
    }

    private static MeasurementJson measurement(Measurement.Value value) {
        return switch (value) {
            case Measurement.Value.Measured m ->
                new MeasurementJson(
                        m.measurement().name(),
                        m.length().toSeconds(),
                        m.approximate(),
                        m.remark().orElse(null),
                        List.of());
            case Measurement.Value.NotRecorded n ->
                new MeasurementJson(
                        n.measurement().name(),
                        null,
                        false,
                        null,
                        n.missing().stream().map(Names::code).toList());
        };
    }

    private static List<HypothesisJson> hypotheses(PostmortemDraft draft, People people) {
        return draft.incident().hypotheses().stream()
                .map(h -> new HypothesisJson(
                        h.hypothesisId().value(),
                        h.statement().value(),
                        text(h.prediction()),
                        text(h.refutedBy()),
                        Names.code(h.status()),
                        h.evidence().stream()
                                .map(e -> new BearingJson(
                                        e.evidenceId().value(),
                                        Names.code(e.bearing()),
                                        e.because().value(),
                                        e.source().entry()))
                                .toList(),
                        h.tests().stream()
                                .map(t -> new TestJson(
                                        t.testId().value(),
                                        t.action().value(),
                                        t.risky(),
                                        t.approvedBy().map(p -> who(p, people)).orElse(null),
                                        t.conclusion()
                                                .map(c -> Names.code(c.outcome()))
                                                .orElse(null),
                                        text(t.conclusion().map(c -> c.observed())),
                                        entries(Stream.concat(
                                                        Stream.of(t.begun()),
                                                        t.conclusion().stream().map(c -> c.source()))
                                                .toList())))
                                .toList(),
                        text(h.setAside()),
                        entries(h.sources())))
                .toList();
    }

    private static List<RunbookJson> runbooks(PostmortemDraft draft) {
        return draft.incident().runbooks().stream()
                .map(r -> new RunbookJson(
                        r.runbookId().value(),
                        r.revision(),
                        r.title().value(),
                        r.steps().stream()
                                .map(step -> new StepJson(
                                        step.number(),
                                        step.action().value(),
                                        text(step.told().flatMap(told -> told.outcome())),
                                        text(step.told().flatMap(told -> told.skippedBecause())),
                                        step.told()
                                                .map(told -> told.source().entry())
                                                .orElse(null)))
                                .toList(),
                        r.followed().entry()))
                .toList();
    }

    private static List<MitigationJson> mitigations(PostmortemDraft draft) {
        return draft.incident().mitigations().stream()
                .map(m -> new MitigationJson(
                        m.mitigationId().value(),
                        Names.code(m.kind()),
                        m.text().value(),
                        m.destructive(),
                        text(m.restsOn()),
                        Names.code(m.status()),
                        m.outcome().map(o -> Names.code(o.outcome())).orElse(null),
                        text(m.outcome().map(o -> o.observed())),
                        text(m.rolledBack().map(r -> r.because())),
                        text(m.parallelBecause()),
                        text(m.evidenceWaivedBecause()),
                        entries(Stream.of(
                                        Stream.of(m.begun()),
                                        m.outcome().stream().map(o -> o.source()),
                                        m.rolledBack().stream().map(r -> r.source()))
                                .flatMap(s -> s)
                                .toList())))
                .toList();
    }

    private static List<FreezeJson> freezes(PostmortemDraft draft, People people) {
        return draft.incident().freezes().stream()
                .map(f -> new FreezeJson(
                        f.freezeId().value(),
                        f.scope().services().stream().map(Object::toString).toList(),
                        f.scope().environments().stream().map(Object::toString).toList(),
                        f.reason().value(),
                        time(f.frozen().occurredAt()),
                        f.lifted().map(l -> time(l.source().occurredAt())).orElse(null),
                        f.exceptions().stream()
                                .map(e -> new ExceptionJson(
                                        e.exceptionId().value(),
                                        e.change().value(),
                                        who(e.approvedBy(), people),
                                        e.because().value(),
                                        e.source().entry()))
                                .toList(),
                        entries(Stream.concat(
                                        Stream.of(f.frozen()),
                                        f.lifted().stream().map(l -> l.source()))
                                .toList())))
                .toList();
    }

    private static TimeJson time(OccurredAt time) {
        return new TimeJson(
                text(time.at()),
                Names.code(time.precision()),
                text(time.until()),
                text(time.offset()),
                text(time.original()));
    }

    private static String by(Actor actor, People people) {
        return people.tell(actor).text();
    }

    private static @Nullable String onBehalfOf(Optional<Person> human, People people) {
        return human.map(person -> who(person, people)).orElse(null);
    }

    private static String who(Person person, People people) {
        return people.tell(person).text();
    }

    /** The value's own words; every value type here is shown by its {@code toString}. */
    private static @Nullable String text(Optional<?> value) {
        return value.map(Object::toString).orElse(null);
    }

    private static List<Long> entries(List<Source> sources) {
        return sources.stream().map(Source::entry).toList();
    }
}
