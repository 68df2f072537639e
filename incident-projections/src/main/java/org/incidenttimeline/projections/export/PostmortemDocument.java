package org.incidenttimeline.projections.export;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidenttimeline.core.event.EvidenceBearing;
import org.incidenttimeline.core.event.FindingKind;
import org.incidenttimeline.core.event.Mode;
import org.incidenttimeline.core.event.Spread;
import org.incidenttimeline.projections.actions.ActionItem;
import org.incidenttimeline.projections.export.Block.Bullet;
import org.incidenttimeline.projections.export.Block.Bullets;
import org.incidenttimeline.projections.export.Block.Heading;
import org.incidenttimeline.projections.export.Block.Paragraph;
import org.incidenttimeline.projections.export.Block.Quote;
import org.incidenttimeline.projections.export.Block.Row;
import org.incidenttimeline.projections.export.Block.Table;
import org.incidenttimeline.projections.freezes.Freeze;
import org.incidenttimeline.projections.incident.IncidentView;
import org.incidenttimeline.projections.incident.IncidentView.AppliedPlaybook;
import org.incidenttimeline.projections.incident.IncidentView.Change;
import org.incidenttimeline.projections.incident.IncidentView.Finding;
import org.incidenttimeline.projections.incident.IncidentView.FollowedRunbook;
import org.incidenttimeline.projections.incident.IncidentView.Hypothesis;
import org.incidenttimeline.projections.incident.IncidentView.HypothesisStatus;
import org.incidenttimeline.projections.incident.IncidentView.ImpactWindow;
import org.incidenttimeline.projections.incident.IncidentView.Mitigation;
import org.incidenttimeline.projections.incident.IncidentView.Postmortem;
import org.incidenttimeline.projections.incident.IncidentView.Promise;
import org.incidenttimeline.projections.incident.IncidentView.PromiseStatus;
import org.incidenttimeline.projections.incident.IncidentView.SeverityStep;
import org.incidenttimeline.projections.incident.IncidentView.Test;
import org.incidenttimeline.projections.milestones.Measurement;
import org.incidenttimeline.projections.milestones.Milestone;
import org.incidenttimeline.projections.postmortem.PostmortemDraft;
import org.incidenttimeline.projections.timeline.Source;
import org.incidenttimeline.projections.timeline.TimelineEntry;
import org.incidenttimeline.projections.wording.EntryWords;
import org.incidenttimeline.projections.wording.Names;
import org.incidenttimeline.projections.wording.People;
import org.incidenttimeline.projections.wording.Phrase;
import org.incidenttimeline.projections.wording.Times;

/** A postmortem as a document. A section of which nothing is recorded is not written
 * but named once at the end. */
public final class PostmortemDocument {
    private final PostmortemDraft draft;
    private final IncidentView incident;
    private final People people;
    private final List<Block> blocks = new ArrayList<>();
    private final List<String> empty = new ArrayList<>();

    private PostmortemDocument(PostmortemDraft draft, People people) {
        this.draft = draft;
        this.incident = draft.incident();
        this.people = people;
    }

    /** The document of a draft, which speaks of people as told. */
    public static Document of(PostmortemDraft draft, People people) {
        return new PostmortemDocument(draft, people).document();
    }

    private Document document() {
        blocks.add(new Heading(
                1, Phrase.of(Names.warning(incident.mode()) + "Postmortem: ").quote(incident.title())));
        blocks.add(facts());
        blocks.add(new Paragraph(Phrase.of("Made from the log as of version " + incident.version()
                + ". All times are UTC. Each fact cites the entry that it comes from.")));
        summary();
        section("Impact", bullets(draft.impacts(), this::impact));
        milestones();
        section("Timeline", List.of(timeline()));
        section(
                "Root cause and contributing factors",
                bullets(
                        Stream.concat(
                                        draft.findings(FindingKind.ROOT_CAUSE).stream(),
                                        draft.findings(FindingKind.CONTRIBUTING_FACTOR).stream())
                                .toList(),
                        f -> finding(f, Phrase.of(Names.of(f.kind()) + ": "))));
        section("Hypotheses", bullets(incident.hypotheses(), this::hypothesis));
        guidance();
        section("Mitigations", bullets(incident.mitigations(), this::mitigation));
        section(
                "Recovery checks",
                bullets(
                        incident.recoveries(),
                        r -> new Bullet(
                                Phrase.of(r.verified() ? "Recovery verified, " : "Recovery not confirmed, ")
                                        .at(r.source().occurredAt())
                                        .cite(r.source().entry()),
                                r.checks().stream()
                                        .map(c -> new Bullet(EntryWords.check(c)))
                                        .toList())));
        section("Changes", bullets(incident.changes(), this::change));
        section("Freezes", bullets(incident.freezes(), this::freeze));
        communication();
        duties();
        findings("What went well", FindingKind.WENT_WELL);
        findings("What went poorly", FindingKind.WENT_POORLY);
        findings("Where we got lucky", FindingKind.GOT_LUCKY);
        findings("Lessons", FindingKind.LESSON);
        actions();
        section("Evidence", evidence());
        notRecorded();
        return new Document(blocks);
    }

    private void section(String title, List<? extends Block> content) {
        if (content.isEmpty()) {
            empty.add(title);
        } else {
            blocks.add(new Heading(2, Phrase.of(title)));
            blocks.addAll(content);
        }
    }

    private static <T> List<Block> bullets(List<T> things, Function<T, Bullet> bullet) {
        return things.isEmpty()
                ? List.of()
                : List.of(new Bullets(things.stream().map(bullet).toList()));
    }

    private Block facts() {
        var rows = new ArrayList<Row>();
        rows.add(fact("Severity", severity()));
        rows.add(fact("Phase", Phrase.of(Names.of(incident.phase()))));
        if (incident.mode() != Mode.LIVE) {
            rows.add(fact("Mode", Phrase.of(Names.of(incident.mode()))));
        }
        incident.imported()
                .ifPresent(i -> rows.add(fact(
                        "Imported from",
                        Phrase.EMPTY
                                .quote(i.origin().source())
                                .quote(", ", Optional.of(i.origin().id()))
                                .quote(", ", i.origin().url())
                                .quote(", licence: ", i.licence())
                                .cite(i.source().entry()))));
        if (!incident.services().isEmpty()) {
            rows.add(fact("Services", Phrase.EMPTY.names(incident.services())));
        }
        people.name(incident.lead()).ifPresent(lead -> rows.add(fact("Lead", Phrase.EMPTY.quote(lead))));
        var detection = Phrase.of(Names.of(incident.detection().source()))
                .quote(", ", incident.detection().reference())
                .cite(incident.declared().entry());
        rows.add(fact("Detected by", detection));
        return new Table(List.of("Incident", incident.incidentId().value()), rows);
    }

    private static Row fact(String name, Phrase value) {
        return new Row(Phrase.of(name), value);
    }

    private Phrase severity() {
        var told = Phrase.of(incident.severity().name());
        if (incident.severities().size() == 1) {
            return told.cite(incident.declared().entry());
        }
        var steps = incident.severities().stream().map(this::step).toList();
        return told.say(" (").and(EntryWords.joined(steps)).say(")");
    }

    private Phrase step(SeverityStep step) {
        return Phrase.of(step.from().isEmpty() ? "declared as " + step.severity() : "then " + step.severity())
                .cite(step.source().entry());
    }

    private void summary() {
        blocks.add(new Heading(2, Phrase.of("Summary")));
        var published = incident.postmortem();
        if (published.isPresent()) {
            published.ifPresent(p -> {
                blocks.add(new Quote(Phrase.EMPTY.quote(p.summary())));
                blocks.add(new Paragraph(Phrase.of("Written by ")
                        .and(people.tell(p.source().by()))
                        .say(", published ")
                        .at(p.source().occurredAt())
                        .say(".")
                        .cite(p.source().entry())));
            });
            return;
        }
        blocks.add(new Paragraph(Phrase.of("No summary is published yet. The log says:")));
        var facts = new ArrayList<Bullet>();
        facts.add(new Bullet(
                Phrase.of("Declared as " + incident.severities().getFirst().severity() + ", ")
                        .at(incident.declared().occurredAt())
                        .quote(": ", incident.summary())
                        .cite(incident.declared().entry())));
        draft.impacts()
                .forEach(w -> facts.add(new Bullet(
                        Phrase.of("Impact: ").quote(w.impact().broken()).cite(entries(w.sources())))));
        incident.hypotheses().stream()
                .filter(h -> h.status() == HypothesisStatus.CONFIRMED)
                .forEach(h -> facts.add(new Bullet(Phrase.of("Confirmed: ")
                        .quote(h.statement())
                        .cite(h.sources().getLast().entry()))));
        incident.recoveries().stream()
                .filter(r -> r.verified())
                .reduce((_, last) -> last)
                .ifPresent(r -> facts.add(new Bullet(Phrase.of("Recovery verified, ")
                        .at(r.source().occurredAt())
                        .cite(r.source().entry()))));
        blocks.add(new Bullets(facts));
    }

    private Bullet impact(ImpactWindow window) {
        var under = new ArrayList<Bullet>();
        var impact = window.impact();
        impact.stillWorks()
                .ifPresent(t ->
                        under.add(new Bullet(Phrase.labelled("Still worked:").quote(t))));
        impact.affected()
                .ifPresent(
                        t -> under.add(new Bullet(Phrase.labelled("Affected:").quote(t))));
        if (impact.spread() != Spread.UNKNOWN) {
            under.add(new Bullet(Phrase.labelled("Spread:").say(Names.of(impact.spread()))));
        }
        window.from().ifPresent(from -> {
            var told = Phrase.labelled("From:").at(from);
            under.add(new Bullet(
                    window.until().map(until -> told.say(" until ").at(until)).orElse(told.say(", end not recorded"))));
        });
        return new Bullet(Phrase.EMPTY.quote(impact.broken()).cite(entries(window.sources())), under);
    }

    private void milestones() {
        var rows = Stream.of(Milestone.Name.values())
                .flatMap(name -> draft.milestones().get(name).stream()
                        .map(m -> new Row(
                                Phrase.of(milestone(name)),
                                Phrase.EMPTY.at(m.at()).cite(m.source().entry()))))
                .toList();
        section("Milestones", rows.isEmpty() ? List.of() : List.of(new Table(List.of("Milestone", "When"), rows)));
        var measured = draft.milestones().measurements().stream()
                .flatMap(v -> v instanceof Measurement.Value.Measured m ? Stream.of(m) : Stream.empty())
                .map(m -> new Row(
                        Phrase.of(sentence(m.measurement().name())),
                        length(m),
                        Phrase.of(Names.of(m.measurement().from()))
                                .cite(m.from().source().entry())
                                .say(" to " + Names.of(m.measurement().to()))
                                .cite(m.to().source().entry())))
                .toList();
        section(
                "Measurements",
                measured.isEmpty()
                        ? List.of()
                        : List.of(new Table(List.of("Measurement", "Length", "Between"), measured)));
    }

    private static String milestone(Milestone.Name name) {
        return sentence(Names.of(name));
    }

    private static Phrase length(Measurement.Value.Measured measured) {
        return measured.remark()
                .map(remark -> Phrase.of(sentence(remark) + ", by " + Times.duration(measured.length())))
                .orElse(Phrase.of((measured.approximate() ? "about " : "") + Times.duration(measured.length())));
    }

    private static String sentence(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private Block timeline() {
        var rows = draft.timeline().entries().stream()
                .map(e -> new Row(
                        OptionalLong.of(e.number()),
                        List.of(TimelineDocument.number(e), TimelineDocument.time(e), told(e))))
                .toList();
        return new Table(List.of("No.", "Time (UTC)", "What happened"), rows);
    }

    private Phrase told(TimelineEntry entry) {
        var headline = EntryWords.of(entry, people).headline();
        var flags = entry.flags().stream()
                .map(flag -> switch (flag) {
                    case INSIDE_FREEZE -> "inside a freeze, without an exception";
                    case RULE_OVERRIDDEN -> "rule overridden";
                    case TIME_DISPUTED -> "other times are claimed";
                })
                .collect(Collectors.joining(", "));
        var flagged = flags.isEmpty() ? headline : headline.say(" — " + flags);
        return entry.corrections().isEmpty() ? flagged : flagged.say(" (corrected)");
    }

    private Bullet finding(Finding finding, Phrase before) {
        var number = finding.sources().getLast().entry();
        var told = before.quote(finding.text())
                .and(finding.pattern()
                        .map(p -> Phrase.of(" (pattern: ").name(p).say(")"))
                        .orElse(Phrase.EMPTY))
                .cite(number);
        return new Bullet(
                OptionalLong.of(number),
                finding.entries().isEmpty() ? told : told.say("; shown by").cite(finding.entries()),
                List.of());
    }

    private void findings(String title, FindingKind kind) {
        section(title, bullets(draft.findings(kind), f -> finding(f, Phrase.EMPTY)));
    }

    private Bullet hypothesis(Hypothesis h) {
        var under = new ArrayList<Bullet>();
        h.prediction()
                .ifPresent(
                        t -> under.add(new Bullet(Phrase.labelled("Predicted:").quote(t))));
        h.refutedBy()
                .ifPresent(t -> under.add(
                        new Bullet(Phrase.labelled("Would be refuted by:").quote(t))));
        h.evidence()
                .forEach(e -> under.add(new Bullet(
                        Phrase.labelled(e.bearing() == EvidenceBearing.SUPPORTS ? "Evidence for:" : "Evidence against:")
                                .say(e.evidenceId() + ", ")
                                .quote(e.because())
                                .cite(e.source().entry()))));
        h.tests().forEach(t -> under.add(test(t)));
        h.setAside()
                .ifPresent(t -> under.add(new Bullet(Phrase.labelled("Set aside:")
                        .quote(t)
                        .cite(h.sources().getLast().entry()))));
        return new Bullet(
                Phrase.labelled(h.hypothesisId() + ", " + status(h) + ":")
                        .quote(h.statement())
                        .cite(h.sources().getFirst().entry()),
                under);
    }

    private static String status(Hypothesis h) {
        return switch (h.status()) {
            case CANDIDATE -> "not tested";
            case PRIMARY -> h.tests().isEmpty() ? "not tested" : "not decided";
            case UNDER_TEST -> "under test";
            case CONFIRMED -> "confirmed";
            case REFUTED -> "refuted";
            case SET_ASIDE -> "set aside";
        };
    }

    private Bullet test(Test t) {
        var told = Phrase.labelled("Test:").quote(t.action());
        var risk = t.risky() ? told.say(" (risky") : told;
        var approved = t.approvedBy()
                .map(p -> risk.say(t.risky() ? ", approved by " : " (approved by ")
                        .and(people.tell(p)))
                .orElse(risk);
        var closed = t.risky() || t.approvedBy().isPresent() ? approved.say(")") : approved;
        var begun = closed.cite(t.begun().entry());
        var ended = t.conclusion()
                .map(c -> begun.say("; " + Names.of(c.outcome()) + ": ")
                        .quote(c.observed())
                        .cite(c.source().entry()))
                .orElse(begun.say("; end not recorded"));
        var sources = Stream.concat(
                        Stream.of(t.begun()), t.conclusion().stream().map(c -> c.source()))
                .map(Source::entry)
                .toList();
        return new Bullet(ended, overrides(sources));
    }

    private List<Bullet> overrides(List<Long> entries) {
        return incident.overrides().stream()
                .filter(o -> entries.contains(o.source().entry()))
                .map(o -> new Bullet(Phrase.labelled("Rule overridden because:")
                        .quote(o.because())
                        .cite(o.source().entry())))
                .toList();
    }

    /** That none was followed is no gap in the record, so the section is left out then and not named as missing. */
    private void duties() {
        if (!draft.duties().isEmpty()) {
            section("Reporting duties", bullets(draft.duties(), this::duty));
        }
    }

    private Bullet duty(TimelineEntry entry) {
        var words = EntryWords.of(entry, people);
        return new Bullet(
                Phrase.EMPTY
                        .at(entry.occurredAt())
                        .say(": ")
                        .and(words.headline())
                        .cite(entry.number()),
                words.details().stream().map(Bullet::new).toList());
    }

    private void guidance() {
        if (!incident.playbooks().isEmpty()) {
            section("Playbooks", bullets(incident.playbooks(), this::playbook));
        }
        if (!incident.runbooks().isEmpty()) {
            section("Runbooks", bullets(incident.runbooks(), this::runbook));
        }
    }

    private Bullet playbook(AppliedPlaybook p) {
        return new Bullet(Phrase.EMPTY
                .quote(p.title())
                .say(" (")
                .name(p.playbookId())
                .say(", revision " + p.revision() + "), applied for " + p.severity())
                .cite(p.source().entry()));
    }

    private Bullet runbook(FollowedRunbook r) {
        var under = new ArrayList<Bullet>();
        for (var step : r.steps()) {
            step.told()
                    .ifPresent(told -> under.add(new Bullet(Phrase.labelled(
                                    "Step " + step.number() + (told.outcome().isPresent() ? ", done:" : ", skipped:"))
                            .quote(step.action())
                            .quote(": ", told.outcome().or(told::skippedBecause))
                            .cite(told.source().entry()))));
        }
        var untold = r.steps().stream()
                .filter(step -> step.told().isEmpty())
                .map(step -> Integer.toString(step.number()))
                .toList();
        if (!untold.isEmpty()) {
            under.add(new Bullet(Phrase.of("Of these steps nothing is told: " + String.join(", ", untold))));
        }
        return new Bullet(
                Phrase.EMPTY
                        .quote(r.title())
                        .say(" (")
                        .name(r.runbookId())
                        .say(", revision " + r.revision() + ")")
                        .cite(r.followed().entry()),
                under);
    }

    private Bullet mitigation(Mitigation m) {
        var under = new ArrayList<Bullet>();
        under.add(new Bullet(
                Phrase.labelled("Basis:").say(m.restsOn().map(Object::toString).orElse("none, the step was blind"))));
        m.outcome()
                .ifPresent(o -> under.add(new Bullet(Phrase.labelled("Observed:")
                        .quote(o.observed())
                        .cite(o.source().entry()))));
        m.rolledBack()
                .ifPresent(r -> under.add(new Bullet(Phrase.labelled("Rolled back:")
                        .quote(r.because())
                        .cite(r.source().entry()))));
        m.parallelBecause()
                .ifPresent(t -> under.add(
                        new Bullet(Phrase.labelled("In parallel because:").quote(t))));
        m.evidenceWaivedBecause()
                .ifPresent(t -> under.add(new Bullet(
                        Phrase.labelled("No evidence preserved first because:").quote(t))));
        var outcome = m.outcome()
                .map(o -> Names.of(o.outcome()))
                .orElse(
                        switch (m.status()) {
                            case RUNNING -> "end not recorded";
                            case COMPLETED, FAILED, ROLLED_BACK -> Names.of(m.status());
                        });
        return new Bullet(
                Phrase.labelled(Names.of(m.mitigationId(), m.kind(), m.destructive()) + ", " + outcome + ":")
                        .quote(m.text())
                        .cite(m.begun().entry()),
                under);
    }

    private Bullet change(Change c) {
        var under = new ArrayList<Bullet>();
        c.freezeBroken().ifPresent(f -> under.add(new Bullet(Phrase.of("Made inside " + f + " without an exception"))));
        c.verdicts()
                .forEach(v -> under.add(new Bullet(Phrase.labelled(sentence(Names.of(v.verdict())) + ":")
                        .quote(v.because())
                        .cite(v.source().entry()))));
        var told = Phrase.labelled(c.changeId() + ", " + Names.of(c.kind()) + ":")
                .quote(c.text())
                .say(" (")
                .name(c.service());
        var where =
                c.environment().map(e -> told.say(", ").name(e)).orElse(told).quote(", ", c.reference());
        return new Bullet(
                where.say("), ").at(c.source().occurredAt()).cite(c.source().entry()), under);
    }

    private Bullet freeze(Freeze f) {
        var under = new ArrayList<Bullet>();
        f.exceptions()
                .forEach(e -> under.add(new Bullet(Phrase.labelled("Exception for")
                        .quote(e.change())
                        .say(", approved by ")
                        .and(people.tell(e.approvedBy()))
                        .say(": ")
                        .quote(e.because())
                        .cite(e.source().entry()))));
        incident.changes().stream()
                .filter(c -> c.freezeBroken().equals(Optional.of(f.freezeId())))
                .forEach(c -> under.add(new Bullet(Phrase.labelled("Broken by")
                        .say(c.changeId().value())
                        .cite(c.source().entry()))));
        under.add(new Bullet(f.lifted()
                .map(l -> Phrase.labelled("Lifted")
                        .at(l.source().occurredAt())
                        .say(": ")
                        .quote(l.because())
                        .cite(l.source().entry()))
                .orElse(Phrase.of("Still on"))));
        return new Bullet(
                EntryWords.scope(f.scope())
                        .say(", from ")
                        .at(f.frozen().occurredAt())
                        .say(": ")
                        .quote(f.reason())
                        .cite(f.frozen().entry()),
                under);
    }

    private void communication() {
        var content = new ArrayList<Block>();
        content.addAll(bullets(
                incident.plans(),
                p -> new Bullet(Phrase.labelled(sentence(Names.of(p.audience())) + ":")
                        .say("every " + Times.duration(p.cadence()) + " on ")
                        .quote(p.channel())
                        .say(", owner: ")
                        .and(people.tell(p.owner()))
                        .cite(p.source().entry()))));
        if (!incident.promises().isEmpty()) {
            content.add(new Paragraph(promises()));
        }
        content.addAll(bullets(
                incident.promises().stream()
                        .filter(p -> p.status() != PromiseStatus.KEPT && p.status() != PromiseStatus.VOID)
                        .toList(),
                this::broken));
        if (incident.promises().isEmpty() && !incident.updates().isEmpty()) {
            content.add(new Paragraph(Phrase.of("No next update was promised.")));
        }
        section("Communication", content);
    }

    private Phrase promises() {
        var told = Stream.of(PromiseStatus.values())
                .filter(s -> !draft.promises(s).isEmpty())
                .map(s -> draft.promises(s).size() + " " + promise(s))
                .collect(Collectors.joining(", "));
        return Phrase.of(
                "Updates promised to an audience: " + incident.promises().size() + ", of these " + told + ".");
    }

    private static String promise(PromiseStatus status) {
        return switch (status) {
            case PENDING -> "still open";
            case KEPT -> "kept";
            case LATE -> "late";
            case MISSED -> "missed";
            case VOID -> "no longer due when the response ended";
        };
    }

    private Bullet broken(Promise p) {
        var told = Phrase.labelled(sentence(promise(p.status())) + ":")
                .say("the update to " + Names.of(p.audience()) + " due ")
                .at(p.dueAt());
        var late =
                p.lateBy().map(d -> told.say(", late by " + Times.duration(d))).orElse(told);
        return new Bullet(late.cite(incident.missed().stream()
                .filter(m -> m.audience() == p.audience() && m.dueAt().equals(p.dueAt()))
                .map(m -> m.source().entry())
                .toList()));
    }

    private void actions() {
        var content = new ArrayList<Block>();
        if (!incident.actions().isEmpty()) {
            content.add(new Table(
                    List.of("No.", "Action", "Kind", "Owner", "Due", "Tracker", "State"),
                    incident.actions().stream().map(this::action).toList()));
        }
        incident.postmortem()
                .flatMap(Postmortem::noActionBecause)
                .ifPresent(t -> content.add(
                        new Paragraph(Phrase.labelled("No action because:").quote(t))));
        section("Actions", content);
    }

    private Row action(ActionItem a) {
        var number = a.sources().getFirst().entry();
        return new Row(
                OptionalLong.of(number),
                List.of(
                        Phrase.of(Long.toString(number)),
                        Phrase.EMPTY.quote(a.text()),
                        Phrase.of(Names.of(a.kind())),
                        a.owner().map(people::tell).orElse(Phrase.of("not recorded")),
                        Phrase.of(a.due().map(LocalDate::toString).orElse("not recorded")),
                        a.tracker().map(t -> Phrase.EMPTY.quote(t)).orElse(Phrase.of("not recorded")),
                        Phrase.of(Names.of(a.status())).quote(": ", a.outcome())));
    }

    private List<Block> evidence() {
        if (incident.evidence().isEmpty()) {
            return List.of();
        }
        var rows = incident.evidence().stream()
                .map(e -> new Row(
                        Phrase.of(e.evidenceId().value()).cite(e.source().entry()),
                        Phrase.EMPTY.quote(e.title()),
                        Phrase.of(Names.of(e.kind()) + ", " + Names.of(e.certainty())),
                        Phrase.EMPTY.quote(e.location()),
                        e.sha256().map(d -> Phrase.EMPTY.name(d)).orElse(Phrase.of("not recorded"))))
                .toList();
        return List.of(new Table(List.of("Evidence", "What it shows", "Kind", "Kept at", "SHA-256"), rows));
    }

    private void notRecorded() {
        var items = new ArrayList<Bullet>();
        draft.missing().forEach(m -> items.add(new Bullet(Phrase.of(m.what()).cite(m.entries()))));
        var milestones = Stream.of(Milestone.Name.values())
                .filter(n -> draft.milestones().get(n).isEmpty())
                .map(Names::of)
                .collect(Collectors.joining(", "));
        if (!milestones.isEmpty()) {
            items.add(new Bullet(Phrase.of("Milestones: " + milestones)));
        }
        if (!empty.isEmpty()) {
            items.add(new Bullet(Phrase.of("Sections: " + String.join(", ", empty))));
        }
        section("Not recorded", items.isEmpty() ? List.of() : List.of(new Bullets(items)));
    }

    private static List<Long> entries(List<Source> sources) {
        return sources.stream().map(Source::entry).toList();
    }
}
