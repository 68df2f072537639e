package org.incidenttimeline.api.audit;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.incidenttimeline.core.log.StoredEvent;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which events of the log are wanted; what is empty wants all.
 *
 * @param actors who acted, or for whom a tool did, whatever the case of the name
 * @param credentials what they proved themselves with
 * @param kinds names as the log has them, with or without what they begin with: {@code incident.note-added}, {@code note-added}
 */
record LogFilter(Set<String> actors, Set<String> credentials, Set<String> kinds) {
    private static final JsonMapper JSON = new JsonMapper();

    LogFilter {
        actors = Set.copyOf(actors);
        credentials = Set.copyOf(credentials);
        kinds = Set.copyOf(kinds);
    }

    static LogFilter of(Optional<List<String>> actor, Optional<List<String>> credential, Optional<List<String>> kind) {
        return new LogFilter(
                Set.copyOf(actor.orElse(List.of())),
                Set.copyOf(credential.orElse(List.of())),
                Set.copyOf(kind.orElse(List.of())));
    }

    boolean wants(StoredEvent event) {
        String name = event.name();
        if (!kinds.isEmpty() && !kinds.contains(name) && !kinds.contains(name.substring(name.indexOf('.') + 1))) {
            return false;
        }
        if (actors.isEmpty() && credentials.isEmpty()) {
            return true;
        }
        var metadata = JSON.readTree(event.metadata());
        return (credentials.isEmpty()
                        || credentials.contains(metadata.path("credential").asString("")))
                && (actors.isEmpty()
                        || isWanted(metadata.path("actor").asString(""))
                        || isWanted(metadata.path("onBehalfOf").asString("")));
    }

    private boolean isWanted(String actor) {
        return actors.stream().anyMatch(actor::equalsIgnoreCase);
    }
}
