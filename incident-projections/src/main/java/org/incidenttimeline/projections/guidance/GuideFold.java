package org.incidenttimeline.projections.guidance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.event.GuideContent;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.PlaybookContent;
import org.incidenttimeline.core.event.PlaybookEvent.*;
import org.incidenttimeline.core.event.Recorded;
import org.incidenttimeline.core.event.RecordedPlaybookEvent;
import org.incidenttimeline.core.event.RecordedRunbookEvent;
import org.incidenttimeline.core.event.RunbookContent;
import org.incidenttimeline.core.event.RunbookEvent.*;
import org.incidenttimeline.core.event.Text;
import org.incidenttimeline.projections.guidance.Revision.Approval;

/**
 * Runbooks and playbooks as functions of what was recorded of them. Events come in the order of their versions, each
 * once; an event about something never drafted is passed over.
 */
public final class GuideFold {
    private GuideFold() {}

    public static Optional<Guide<RunbookContent>> apply(
            Optional<Guide<RunbookContent>> guide, RecordedRunbookEvent event) {
        return switch (event.event()) {
            case RunbookDrafted e -> drafted(e.runbookId().value(), e.content(), e.author(), event);
            case RunbookRevised e ->
                guide.map(g -> revised(g, e.revision(), e.content(), e.author(), e.because(), event));
            case RunbookApproved e -> guide.map(g -> approved(g, e.approver(), e.overrideBecause(), event));
            case RunbookRetired e -> guide.map(g -> retired(g, e.because(), event));
        };
    }

    public static Optional<Guide<PlaybookContent>> apply(
            Optional<Guide<PlaybookContent>> guide, RecordedPlaybookEvent event) {
        return switch (event.event()) {
            case PlaybookDrafted e -> drafted(e.playbookId().value(), e.content(), e.author(), event);
            case PlaybookRevised e ->
                guide.map(g -> revised(g, e.revision(), e.content(), e.author(), e.because(), event));
            case PlaybookApproved e -> guide.map(g -> approved(g, e.approver(), e.overrideBecause(), event));
            case PlaybookRetired e -> guide.map(g -> retired(g, e.because(), event));
        };
    }

    /** A runbook with every revision that there ever was of it. */
    public static Optional<GuideHistory<RunbookContent>> runbook(List<RecordedRunbookEvent> events) {
        Optional<Guide<RunbookContent>> guide = Optional.empty();
        var revisions = new ArrayList<Revision<RunbookContent>>();
        for (var event : events) {
            guide = apply(guide, event);
            guide.ifPresent(g -> note(revisions, g));
        }
        return guide.map(g -> new GuideHistory<>(g, revisions));
    }

    /** A playbook with every revision that there ever was of it. */
    public static Optional<GuideHistory<PlaybookContent>> playbook(List<RecordedPlaybookEvent> events) {
        Optional<Guide<PlaybookContent>> guide = Optional.empty();
        var revisions = new ArrayList<Revision<PlaybookContent>>();
        for (var event : events) {
            guide = apply(guide, event);
            guide.ifPresent(g -> note(revisions, g));
        }
        return guide.map(g -> new GuideHistory<>(g, revisions));
    }

    private static <C extends GuideContent> void note(List<Revision<C>> revisions, Guide<C> guide) {
        var newest = guide.newest();
        if (!revisions.isEmpty() && revisions.getLast().number() == newest.number()) {
            revisions.set(revisions.size() - 1, newest);
        } else {
            revisions.add(newest);
        }
    }

    private static <C extends GuideContent> Optional<Guide<C>> drafted(
            String id, C content, Person author, Recorded event) {
        var first = new Revision<>(1, content, author, Optional.empty(), event.recordedAt(), Optional.empty());
        return Optional.of(
                new Guide<>(id, event.version(), event.position(), first, Optional.empty(), Optional.empty()));
    }

    private static <C extends GuideContent> Guide<C> revised(
            Guide<C> guide, int number, C content, Person author, Text because, Recorded event) {
        var next = new Revision<>(number, content, author, Optional.of(because), event.recordedAt(), Optional.empty());
        return new Guide<>(guide.id(), event.version(), guide.place(), next, guide.inUse(), guide.retiredBecause());
    }

    /** Only the newest revision can be approved. */
    private static <C extends GuideContent> Guide<C> approved(
            Guide<C> guide, Person approver, Optional<Text> overrideBecause, Recorded event) {
        var approved = guide.newest().approved(new Approval(approver, overrideBecause, event.recordedAt()));
        return new Guide<>(
                guide.id(), event.version(), guide.place(), approved, Optional.of(approved), guide.retiredBecause());
    }

    private static <C extends GuideContent> Guide<C> retired(Guide<C> guide, Text because, Recorded event) {
        return new Guide<>(
                guide.id(), event.version(), guide.place(), guide.newest(), guide.inUse(), Optional.of(because));
    }
}
