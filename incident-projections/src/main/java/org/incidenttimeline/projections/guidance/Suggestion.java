package org.incidenttimeline.projections.guidance;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.event.SymptomState;
import org.incidenttimeline.core.event.Text;
import org.incidenttimeline.projections.incident.IncidentView;
import org.incidenttimeline.projections.search.Term;
import org.incidenttimeline.projections.search.Terms;

/**
 * A runbook that an incident is offered, and why. A service in common weighs {@value #WEIGHT_OF_A_SERVICE}, and each word
 * that a symptom of the runbook shares with the incident weighs one. A symptom counts as recognised by two words, or by
 * all that it has. One of the two is enough: what fails here may come from a service that nobody has named yet. A runbook
 * for any service has none in common.
 *
 * @param services the services in common, as the incident calls them
 * @param symptoms the symptoms recognised
 */
public record Suggestion(Recognition runbook, int score, List<ServiceName> services, List<Recognised> symptoms) {
    public static final int WEIGHT_OF_A_SERVICE = 10;

    private static final int WORDS_TO_RECOGNISE = 2;
    private static final int SHORTEST_WORD = 3;

    /** Words that are in every sentence, and say nothing about what fails. */
    private static final Set<String> SAY_NOTHING = Set.of(
            "and", "are", "all", "any", "but", "can", "cannot", "does", "for", "from", "had", "has", "have", "into",
            "its", "more", "not", "now", "off", "our", "out", "than", "that", "the", "their", "then", "there", "they",
            "this", "too", "very", "was", "were", "when", "which", "while", "will", "with", "you");

    /** A symptom of the runbook, and its words that the incident has too. */
    public record Recognised(Text symptom, List<String> words) {
        public Recognised {
            words = List.copyOf(words);
        }
    }

    public Suggestion {
        services = List.copyOf(services);
        symptoms = List.copyOf(symptoms);
    }

    /** The runbooks that match an incident, the best first. */
    public static List<Suggestion> of(IncidentView incident, Collection<Recognition> runbooks) {
        var told = told(incident);
        return runbooks.stream()
                .flatMap(runbook -> of(incident, told, runbook).stream())
                .sorted(Comparator.comparingInt(Suggestion::score)
                        .reversed()
                        .thenComparing(s -> s.runbook().runbookId().value()))
                .toList();
    }

    private static Optional<Suggestion> of(IncidentView incident, Set<String> told, Recognition runbook) {
        var services = incident.services().stream()
                .filter(service -> runbook.services().stream()
                        .anyMatch(own -> !own.equals(ServiceName.ANY) && own.covers(service)))
                .toList();
        var symptoms = runbook.symptoms().stream()
                .flatMap(symptom -> recognised(symptom, told).stream())
                .toList();
        if (services.isEmpty() && symptoms.isEmpty()) {
            return Optional.empty();
        }
        int score = services.size() * WEIGHT_OF_A_SERVICE
                + symptoms.stream().mapToInt(s -> s.words().size()).sum();
        return Optional.of(new Suggestion(runbook, score, services, symptoms));
    }

    private static Optional<Recognised> recognised(Text symptom, Set<String> told) {
        var words = words(Stream.of(symptom.value()));
        var shared = words.stream().filter(told::contains).toList();
        return shared.size() >= Math.clamp(words.size(), 1, WORDS_TO_RECOGNISE)
                ? Optional.of(new Recognised(symptom, shared))
                : Optional.empty();
    }

    /** What the incident is called, what it breaks and what is seen to fail. */
    private static Set<String> told(IncidentView incident) {
        return words(Stream.of(
                        Stream.of(incident.title().value()),
                        incident.summary().stream().map(Text::value),
                        incident.impacts().stream().map(w -> w.impact().broken().value()),
                        incident.symptoms().stream()
                                .filter(s -> s.state() == SymptomState.FAILING)
                                .map(s -> s.text().value()))
                .flatMap(s -> s));
    }

    private static Set<String> words(Stream<String> texts) {
        var words = new LinkedHashSet<String>();
        texts.flatMap(text -> Terms.of(text).stream())
                .map(Term::folded)
                .map(Suggestion::singular)
                .filter(Suggestion::saysSomething)
                .forEach(words::add);
        return words;
    }

    /** Pairs of characters are words where no space is set between words. */
    private static boolean saysSomething(String word) {
        boolean latin = word.codePoints().allMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.LATIN);
        return latin
                ? word.length() >= SHORTEST_WORD && !SAY_NOTHING.contains(word)
                : word.codePointCount(0, word.length()) > 1;
    }

    /** One form for one thing and for several, by the rule that works for most English words. */
    private static String singular(String word) {
        return word.length() > SHORTEST_WORD && word.endsWith("s") && !word.endsWith("ss")
                ? word.substring(0, word.length() - 1)
                : word;
    }
}
