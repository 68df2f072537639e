package org.incidenttimeline.core.event;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a runbook says. It is followed by somebody who was just woken up, so it has an order and an end.
 *
 * @param services the services it is for; {@code *} for any
 * @param symptoms how one recognises that it is this trouble
 * @param firstChecks what to look at before anything is changed
 * @param safeMitigations what makes things better and cannot make them worse
 * @param escalateWhen when to stop following it and call somebody
 * @param restoredWhen how one knows that the service is truly restored
 * @param rollback how the mitigations are undone
 */
public record RunbookContent(
        Title title,
        List<ServiceName> services,
        List<Text> symptoms,
        List<RunbookStep> firstChecks,
        List<RunbookStep> safeMitigations,
        Text escalateWhen,
        List<RunbookStep> restoredWhen,
        List<RunbookStep> rollback)
        implements GuideContent {
    public RunbookContent {
        services = List.copyOf(services);
        symptoms = List.copyOf(symptoms);
        firstChecks = List.copyOf(firstChecks);
        safeMitigations = List.copyOf(safeMitigations);
        restoredWhen = List.copyOf(restoredWhen);
        rollback = List.copyOf(rollback);
    }

    /** Everything that one does, in the order of the page. Steps are called by their place here, from 1. */
    public List<RunbookStep> steps() {
        return Stream.of(firstChecks, safeMitigations, restoredWhen, rollback)
                .flatMap(List::stream)
                .toList();
    }

    /** How long it takes to read all of it once. */
    public Duration readingTime() {
        var words = Stream.of(
                        Stream.of(title.value(), escalateWhen.value()),
                        services.stream().map(ServiceName::value),
                        symptoms.stream().map(Text::value),
                        steps().stream().map(step -> step.action().value()),
                        steps().stream()
                                .flatMap(step -> step.expected().stream())
                                .map(Text::value))
                .flatMap(s -> s);
        return ReadingTime.of(words.toList());
    }
}
