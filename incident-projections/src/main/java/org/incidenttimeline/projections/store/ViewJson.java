package org.incidenttimeline.projections.store;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.incidenttimeline.core.event.IncidentEvent;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** How views are written into their rows. Nobody else reads them: a changed shape is a rebuild, never a migration. */
final class ViewJson {
    private final JsonMapper mapper = JsonMapper.builder()
            .addMixIn(IncidentEvent.class, Named.class)
            .registerSubtypes(IncidentEvent.class.getPermittedSubclasses())
            // Questions such as isOverdue are no part of what a view is.
            .changeDefaultVisibility(visibility -> visibility.withIsGetterVisibility(Visibility.NONE))
            .build();

    String write(Object view) {
        return mapper.writeValueAsString(view);
    }

    <T> T read(String body, Class<T> type) {
        return mapper.readValue(body, type);
    }

    <T> T read(String body, TypeReference<T> type) {
        return mapper.readValue(body, type);
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "@event")
    private interface Named {}
}
