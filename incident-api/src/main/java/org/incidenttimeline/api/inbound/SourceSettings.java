package org.incidenttimeline.api.inbound;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.core.event.Environment;
import org.incidenttimeline.core.event.InvalidValue;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.event.Severity;

/**
 * How what a source says is to be understood.
 *
 * @param lead who leads the incidents that its alerts declare
 * @param severity the severity of an alert whose label says none that is mapped
 * @param severityLabel the label of an alert that tells its severity
 * @param severities what the values of that label mean
 * @param serviceLabel the label of an alert that tells its service
 * @param defaultServices the services of an alert that tells none
 * @param services what the names of services, repositories and projects mean here; one that is not here means itself
 * @param environments what the names of environments mean here; one that is not here means itself
 */
record SourceSettings(
        Optional<Person> lead,
        Severity severity,
        LabelName severityLabel,
        Map<String, Severity> severities,
        LabelName serviceLabel,
        List<ServiceName> defaultServices,
        Map<String, ServiceName> services,
        Map<String, Environment> environments) {
    SourceSettings {
        check(severities, services, environments);
        check(defaultServices);
        severities = Map.copyOf(severities);
        services = Map.copyOf(services);
        environments = Map.copyOf(environments);
        defaultServices = List.copyOf(defaultServices);
    }

    static void check(Map<?, ?>... mappings) {
        for (var mapping : mappings) {
            check(mapping.keySet());
            if (mapping.values().stream().anyMatch(Objects::isNull)) {
                throw new InvalidValue("must map each name to something");
            }
        }
    }

    static void check(Collection<?> names) {
        if (names.size() > Limits.SOURCE_MAPPINGS) {
            throw new InvalidValue("must name at most " + Limits.SOURCE_MAPPINGS + " of each kind");
        }
    }

    /** The name of a label: one line. */
    record LabelName(@JsonValue String value) {
        private static final Pattern FORM = Pattern.compile("[^\\p{Cntrl}\\p{Cf}]{1,100}");

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public LabelName {
            if (!FORM.matcher(value).matches()) {
                throw new InvalidValue("must be one line of 1 to 100 characters");
            }
        }
    }

    /** The service that a label, a repository or a project stands for; none where the name shows nothing. */
    Optional<ServiceName> service(String name) {
        return Optional.ofNullable(services.get(name))
                .or(() -> ForeignText.line(name, ServiceName.MAX_LENGTH).map(ServiceName::new));
    }

    /** The same, of something that goes by a full name, which may be mapped, and by a short one, which it has otherwise. */
    Optional<ServiceName> service(String fullName, String shortName) {
        return Optional.ofNullable(services.get(fullName)).or(() -> service(shortName));
    }

    Optional<Environment> environment(String name) {
        return Optional.ofNullable(environments.get(name))
                .or(() -> ForeignText.line(name, Environment.MAX_LENGTH).map(Environment::new));
    }

    /** The severity that an alert's label stands for. */
    Severity severity(Optional<String> label) {
        return label.map(severities::get).orElse(severity);
    }
}
