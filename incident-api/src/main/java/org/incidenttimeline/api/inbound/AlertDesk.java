package org.incidenttimeline.api.inbound;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidenttimeline.api.inbound.AlertNotification.Alert;
import org.incidenttimeline.api.inbound.AlertNotification.Timed;
import org.incidenttimeline.api.inbound.DeliveryAnswer.Told;
import org.incidenttimeline.api.inbound.Teller.Message;
import org.incidenttimeline.api.inbound.Teller.Telling;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.submission.Identifiers;
import org.incidenttimeline.core.command.IncidentCommand.AddNote;
import org.incidenttimeline.core.command.IncidentCommand.DeclareIncident;
import org.incidenttimeline.core.command.IncidentCommand.RecordSymptom;
import org.incidenttimeline.core.command.NotAccepted;
import org.incidenttimeline.core.command.NotAccepted.Reason;
import org.incidenttimeline.core.event.DedupKey;
import org.incidenttimeline.core.event.Detection;
import org.incidenttimeline.core.event.DetectionSource;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.Mode;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Phase;
import org.incidenttimeline.core.event.Reference;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.event.Severity;
import org.incidenttimeline.core.event.SymptomSource;
import org.incidenttimeline.core.event.SymptomState;
import org.incidenttimeline.core.event.Text;
import org.incidenttimeline.core.event.Title;
import org.incidenttimeline.core.event.Visibility;
import org.springframework.stereotype.Component;

/**
 * What follows from a notification of alerts. The group of alerts has one open incident at a time: the first that fires
 * declares it, the others are its symptoms. An alert that ends is a sign of recovery and no more; what resolves an
 * incident is a recovery that people verified.
 */
@Component
class AlertDesk {
    /** Each attempt fails only because the incident of the group ended or began meanwhile. */
    private static final int ATTEMPTS = 20;

    /** How often a response may have been merged on and on. */
    private static final int MERGES = 10;

    private final Teller teller;
    private final AlertGroups groups;
    private final Identifiers identifiers;

    AlertDesk(Teller teller, AlertGroups groups, Identifiers identifiers) {
        this.teller = teller;
        this.groups = groups;
        this.identifiers = identifiers;
    }

    DeliveryAnswer take(Source source, Telling telling, AlertNotification notification, Instant arrivedAt) {
        var timed = notification.checked(source.kind());
        var told = timed.subList(0, Math.min(timed.size(), Limits.ALERTS));
        long leftOut = Math.max(0, notification.truncatedAlerts().orElse(0L)) + timed.size() - told.size();
        var firing = told.stream().filter(t -> t.alert().isFiring()).toList();
        var ended = told.stream().filter(t -> !t.alert().isFiring()).toList();

        var group = new Group(source, telling, notification, arrivedAt);
        Optional<Told> toldFiring = firing.isEmpty() ? Optional.empty() : Optional.of(group.fire(firing, leftOut));
        Optional<Told> toldEnded = ended.isEmpty() ? Optional.empty() : group.end(ended);
        return answer(Stream.of(toldFiring, toldEnded).flatMap(Optional::stream).toList());
    }

    private DeliveryAnswer answer(List<Told> told) {
        if (told.isEmpty()) {
            return DeliveryAnswer.ignored("No incident that goes on knows of these alerts.");
        }
        boolean changed = told.stream().anyMatch(t -> t.declared() || t.recorded() > 0);
        var named = new ArrayList<Told>();
        told.stream().collect(Collectors.groupingBy(Told::incidentId)).forEach((incident, all) -> {
            boolean restricted = teller.hearing(incident)
                    .filter(h -> h.card().visibility() == Visibility.OPEN)
                    .isEmpty();
            if (!restricted) {
                named.add(new Told(
                        incident,
                        all.stream().anyMatch(Told::declared),
                        all.stream().mapToInt(Told::recorded).sum()));
            }
        });
        return DeliveryAnswer.of(changed, named);
    }

    /** One notification of one group. */
    private final class Group {
        private final Source source;
        private final Telling telling;
        private final AlertNotification notification;
        private final Instant arrivedAt;

        Group(Source source, Telling telling, AlertNotification notification, Instant arrivedAt) {
            this.source = source;
            this.telling = telling;
            this.notification = notification;
            this.arrivedAt = arrivedAt;
        }

        private SourceSettings settings() {
            return source.settings();
        }

        Told fire(List<Timed> firing, long leftOut) {
            var declared = new ArrayList<IncidentId>();
            for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                var pointed = groups.incidentOf(source, notification.groupKey());
                var incident = pointed.map(this::goesOnIn);
                if (incident.isPresent()) {
                    var recorded = teller.tell(
                            telling, incident.get(), symptoms(incident.get(), firing, leftOut), Hearing::isOpen);
                    if (recorded.isPresent()) {
                        if (!incident.equals(pointed)) {
                            groups.note(source, notification.groupKey(), incident.get(), arrivedAt);
                        }
                        return new Told(incident.get(), declared.contains(incident.get()), recorded.get());
                    }
                }
                var open = declareOrJoin(firing, declared);
                groups.note(source, notification.groupKey(), open, arrivedAt);
            }
            throw new NotAccepted(
                    Reason.CHANGED_CONCURRENTLY,
                    "The incident of these alerts ended and began again and again; deliver this again.",
                    Map.of(),
                    null);
        }

        private IncidentId declareOrJoin(List<Timed> firing, List<IncidentId> declared) {
            var incident = new IncidentId(identifiers.next().toString());
            try {
                teller.declare(telling, "declaration:" + Digests.of(incident.value()), declaration(incident, firing));
                declared.add(incident);
                return incident;
            } catch (NotAccepted e) {
                String holder = e.facts().get("incidentId");
                if (e.reason() != Reason.DEDUP_KEY_TAKEN || holder == null) {
                    throw e;
                }
                return new IncidentId(holder);
            }
        }

        /** Where the response goes on, if the incident was merged into another. */
        private IncidentId goesOnIn(IncidentId incident) {
            var last = incident;
            for (int i = 0; i < MERGES; i++) {
                var into = teller.hearing(last)
                        .filter(h -> h.card().phase() == Phase.MERGED)
                        .flatMap(Hearing::mergedInto);
                if (into.isEmpty()) {
                    return last;
                }
                last = into.get();
            }
            return last;
        }

        /** Tells the incident of the group, if it still goes on; one that was not told of an alert is not told of its end. */
        Optional<Told> end(List<Timed> ended) {
            var incident = groups.incidentOf(source, notification.groupKey()).map(this::goesOnIn);
            if (incident.isEmpty()) {
                return Optional.empty();
            }
            var hearing = teller.hearing(incident.get());
            Predicate<Alert> isKnown =
                    alert -> hearing.filter(h -> h.has(telling.credential(), alert.named(AlertNotification.FIRING)))
                            .isPresent();
            var known = ended.stream().filter(t -> isKnown.test(t.alert())).toList();
            if (known.isEmpty()) {
                return Optional.empty();
            }
            var signs = known.stream()
                    .map(t -> new Message(t.alert().named(AlertNotification.RESOLVED), worksAgain(incident.get(), t)))
                    .toList();
            return teller.tell(telling, incident.get(), signs, Hearing::isNotEnded)
                    .map(recorded -> new Told(incident.get(), false, recorded));
        }

        private DeclareIncident declaration(IncidentId incident, List<Timed> firing) {
            var first = firing.stream()
                    .map(Timed::startsAt)
                    .min(OffsetDateTime.timeLineOrder())
                    .orElseThrow();
            var began = ForeignTime.claim(first, arrivedAt);
            return new DeclareIncident(
                    incident,
                    OccurredAt.at(arrivedAt),
                    notification
                            .headline()
                            .flatMap(ForeignText::title)
                            .orElseGet(() -> new Title("Alerts of " + source.name())),
                    firing.stream()
                            .map(t -> settings()
                                    .severity(t.alert()
                                            .label(settings().severityLabel().value())))
                            .min(Comparator.naturalOrder())
                            .orElse(Severity.SEV3),
                    settings().lead().orElseThrow(),
                    AlertNotification.value(notification.commonAnnotations(), "description")
                            .flatMap(ForeignText::text),
                    services(firing),
                    new Detection(
                            DetectionSource.ALERT,
                            Optional.of(OccurredAt.at(arrivedAt)),
                            notification.externalURL().flatMap(ForeignText::link)),
                    Optional.of(began),
                    Optional.empty(),
                    Mode.LIVE,
                    Visibility.OPEN,
                    Optional.of(dedupKey()));
        }

        /** Of the source and the group's key; a digest of the key where it is too long or not one plain line. */
        private DedupKey dedupKey() {
            String prefix = source.sourceId() + "/";
            String key = notification.groupKey();
            return new DedupKey(prefix
                    + ForeignText.line(key, DedupKey.MAX_LENGTH - prefix.length())
                            .filter(key::equals)
                            .orElseGet(() -> "sha256-" + Digests.of(key)));
        }

        private List<ServiceName> services(List<Timed> firing) {
            var named = firing.stream()
                    .map(t -> service(t.alert()))
                    .flatMap(Optional::stream)
                    .distinct()
                    .toList();
            return named.isEmpty() ? settings().defaultServices() : named;
        }

        private Optional<ServiceName> service(Alert alert) {
            return alert.label(settings().serviceLabel().value()).flatMap(settings()::service);
        }

        private List<Message> symptoms(IncidentId incident, List<Timed> firing, long leftOut) {
            var messages = new ArrayList<Message>();
            firing.forEach(
                    t -> messages.add(new Message(t.alert().named(AlertNotification.FIRING), fails(incident, t))));
            if (leftOut > 0) {
                messages.add(new Message(
                        "left-out:" + leftOut,
                        new AddNote(
                                incident,
                                OccurredAt.at(arrivedAt),
                                new Text("A notification of " + source.name() + " left out " + leftOut
                                        + (leftOut == 1 ? " more alert." : " more alerts.")))));
            }
            return messages;
        }

        private RecordSymptom fails(IncidentId incident, Timed timed) {
            var began = ForeignTime.claim(timed.startsAt(), arrivedAt);
            return symptom(incident, timed.alert(), SymptomState.FAILING, began, Optional.of(began));
        }

        private RecordSymptom worksAgain(IncidentId incident, Timed timed) {
            var ended = timed.endsAt()
                    .map(time -> ForeignTime.claim(time, arrivedAt))
                    .orElseGet(() -> OccurredAt.at(arrivedAt));
            return symptom(incident, timed.alert(), SymptomState.WORKS_AGAIN, ended, Optional.empty());
        }

        private RecordSymptom symptom(
                IncidentId incident, Alert alert, SymptomState state, OccurredAt at, Optional<OccurredAt> firstSeen) {
            return new RecordSymptom(
                    incident,
                    at,
                    state,
                    words(alert),
                    SymptomSource.ALERT,
                    service(alert),
                    firstSeen,
                    reference(alert));
        }

        private Text words(Alert alert) {
            var name = alert.label("alertname");
            var said = alert.annotation("summary")
                    .or(() -> alert.annotation("description"))
                    .or(() -> alert.annotation("message"));
            var labels = alert.labels().orElse(Map.of()).entrySet().stream()
                    .filter(label -> label.getValue() != null && !label.getKey().equals("alertname"))
                    .sorted(Map.Entry.comparingByKey())
                    .map(label -> label.getKey() + "=" + label.getValue())
                    .collect(Collectors.joining(", "));
            var words =
                    Stream.of(name, said).flatMap(Optional::stream).distinct().collect(Collectors.joining(": "));
            return ForeignText.text(labels.isEmpty() ? words : words + " (" + labels + ")")
                    .orElseGet(() -> new Text("An alert without a name"));
        }

        private Optional<Reference> reference(Alert alert) {
            return alert.generatorURL()
                    .flatMap(ForeignText::link)
                    .or(() -> notification.externalURL().flatMap(ForeignText::link));
        }
    }
}
