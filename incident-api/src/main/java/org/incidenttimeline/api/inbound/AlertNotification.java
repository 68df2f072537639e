package org.incidenttimeline.api.inbound;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.incidenttimeline.api.problem.Problem.FieldError;
import org.incidenttimeline.api.problem.ProblemCode;

/**
 * The body that Alertmanager posts to a webhook, version 4, which is what Grafana posts too, under a version of its own
 * and with more in it. What we have no use for is not read.
 *
 * @param groupKey names the group of alerts for good
 * @param truncatedAlerts how many alerts the sender left out
 * @param externalURL where the sender is to be looked at
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record AlertNotification(
        Optional<String> version,
        String groupKey,
        Optional<Long> truncatedAlerts,
        Optional<Map<String, String>> groupLabels,
        Optional<Map<String, String>> commonLabels,
        Optional<Map<String, String>> commonAnnotations,
        Optional<String> externalURL,
        List<Alert> alerts) {
    static final String FIRING = "firing";
    static final String RESOLVED = "resolved";

    private static final String ALERTMANAGER_VERSION = "4";

    /**
     * One alert.
     *
     * @param endsAt when it ended; a year before 1970 where it has not
     * @param fingerprint names its labels
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Alert(
            String status,
            Optional<Map<String, String>> labels,
            Optional<Map<String, String>> annotations,
            String startsAt,
            Optional<String> endsAt,
            Optional<String> generatorURL,
            String fingerprint) {
        Optional<String> label(String name) {
            return value(labels, name);
        }

        Optional<String> annotation(String name) {
            return value(annotations, name);
        }

        boolean isFiring() {
            return status.equals(FIRING);
        }

        /** This alert, at this time that it fired: what tells it from all others, before and after. */
        String named(String what) {
            return what + ":" + Digests.of(fingerprint, startsAt);
        }
    }

    /** An alert with its times read. */
    record Timed(Alert alert, OffsetDateTime startsAt, Optional<OffsetDateTime> endsAt) {}

    /** The value of a label or an annotation; a sender's empty string says nothing. */
    static Optional<String> value(Optional<Map<String, String>> values, String name) {
        return values.map(v -> v.get(name)).filter(v -> !v.isBlank());
    }

    /** The alerts with their times, once everything about the notification is found to be as it should be. */
    List<Timed> checked(SourceKind kind) {
        if (kind == SourceKind.ALERTMANAGER && !version.equals(Optional.of(ALERTMANAGER_VERSION))) {
            throw wrong("/version", "must be \"" + ALERTMANAGER_VERSION + "\"");
        }
        if (alerts.isEmpty()) {
            throw wrong("/alerts", "must hold at least one alert");
        }
        return IntStream.range(0, alerts.size())
                .mapToObj(i -> timed(alerts.get(i), "/alerts/" + i))
                .toList();
    }

    private static Timed timed(Alert alert, String at) {
        if (!alert.isFiring() && !alert.status().equals(RESOLVED)) {
            throw wrong(at + "/status", "must be " + FIRING + " or " + RESOLVED);
        }
        var startsAt = ForeignTime.read(alert.startsAt(), at + "/startsAt");
        if (startsAt.toEpochSecond() < 0) {
            throw wrong(at + "/startsAt", "must lie after 1970");
        }
        var endsAt = alert.endsAt()
                .map(words -> ForeignTime.read(words, at + "/endsAt"))
                .filter(time -> time.toEpochSecond() >= 0);
        return new Timed(alert, startsAt, endsAt);
    }

    private static RuntimeException wrong(String pointer, String detail) {
        return ProblemCode.INVALID_REQUEST.because(
                "Fields of the request are missing, unknown or wrong.", List.of(new FieldError(pointer, detail)));
    }

    /** What the group is about, in the words of whoever wrote the alert. */
    Optional<String> headline() {
        var first = alerts.getFirst();
        return Stream.of(
                        value(commonAnnotations, "summary"),
                        value(commonLabels, "alertname"),
                        first.annotation("summary"),
                        first.label("alertname"))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
