package org.incidenttimeline.core.event;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a playbook says of how a response is organised. Everything in it can be confined to severities; none named means
 * all.
 *
 * @param services the services it is for; none for any
 * @param roles who takes which role
 * @param escalations whom to call, and when
 * @param decisions what will have to be decided
 * @param communication who tells whom, where, and how often
 */
public record PlaybookContent(
        Title title,
        List<ServiceName> services,
        List<RoleTaken> roles,
        List<Escalation> escalations,
        List<DecisionPoint> decisions,
        List<CommunicationLine> communication)
        implements GuideContent {
    public PlaybookContent {
        services = List.copyOf(services);
        roles = List.copyOf(roles);
        escalations = List.copyOf(escalations);
        decisions = List.copyOf(decisions);
        communication = List.copyOf(communication);
    }

    /** Who takes a role. */
    public record RoleTaken(List<Severity> severities, Role role, Person person) {
        public RoleTaken {
            severities = List.copyOf(severities);
        }
    }

    /** A way up: when to take it, whom it leads to and where they are reached, and how long to wait for them. */
    public record Escalation(
            List<Severity> severities, Text when, Person to, Reference reachedAt, Optional<Duration> within) {
        public Escalation {
            severities = List.copyOf(severities);
        }
    }

    /** A question that will come up, who answers it, and what to go by. */
    public record DecisionPoint(List<Severity> severities, Text question, Role decidedBy, Text guidance) {
        public DecisionPoint {
            severities = List.copyOf(severities);
        }
    }

    /** Who tells an audience, where, and how often. */
    public record CommunicationLine(
            List<Severity> severities, Audience audience, Person owner, Reference channel, Duration cadence) {
        public CommunicationLine {
            severities = List.copyOf(severities);
        }
    }

    /** What of it is meant for a severity. */
    public PlaybookContent forSeverity(Severity severity) {
        return new PlaybookContent(
                title,
                services,
                roles.stream().filter(r -> meant(r.severities(), severity)).toList(),
                escalations.stream()
                        .filter(e -> meant(e.severities(), severity))
                        .toList(),
                decisions.stream().filter(d -> meant(d.severities(), severity)).toList(),
                communication.stream()
                        .filter(c -> meant(c.severities(), severity))
                        .toList());
    }

    private static boolean meant(List<Severity> severities, Severity severity) {
        return severities.isEmpty() || severities.contains(severity);
    }
}
