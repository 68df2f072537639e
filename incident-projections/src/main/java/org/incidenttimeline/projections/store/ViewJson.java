package org.incidenttimeline.projections.store;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.incidenttimeline.core.event.IncidentEvent;
import org.incidenttimeline.core.seal.RowCipher;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * How views are written into their rows, as JSON that only this installation can read. Nobody else reads them: a changed shape
 * is a rebuild, never a migration.
 */
final class ViewJson {
    private final RowCipher cipher;
    private final JsonMapper mapper = JsonMapper.builder()
            .addMixIn(IncidentEvent.class, Named.class)
            .registerSubtypes(IncidentEvent.class.getPermittedSubclasses())
            // Questions such as isOverdue are no part of what a view is.
            .changeDefaultVisibility(visibility -> visibility.withIsGetterVisibility(Visibility.NONE))
            .build();

    ViewJson(RowCipher cipher) {
        this.cipher = cipher;
    }

    byte[] write(Object view) {
        return cipher.close(mapper.writeValueAsString(view));
    }

    <T> T read(byte[] body, Class<T> type) {
        return mapper.readValue(cipher.open(body), type);
    }

    <T> T read(byte[] body, TypeReference<T> type) {
        return mapper.readValue(cipher.open(body), type);
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "@event")
    private interface Named {}
}
