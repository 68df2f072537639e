package org.incidenttimeline.core.axon;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Provenance;

/** How the log's metadata says where an event came from: strings by name, and only those that are known. */
final class MetaDataOf {
    private static final String ACTOR = "actor";
    private static final String ACTOR_KIND = "actorKind";
    private static final String ON_BEHALF_OF = "onBehalfOf";
    private static final String CREDENTIAL = "credential";
    private static final String COMMAND_ID = "commandId";
    private static final String IDEMPOTENCY_KEY = "idempotencyKey";
    private static final String CORRELATION_ID = "correlationId";
    private static final String CAUSATION_ID = "causationId";

    private MetaDataOf() {}

    static Map<String, String> provenance(Provenance provenance) {
        var metaData = new LinkedHashMap<String, String>();
        metaData.put(ACTOR, provenance.actor().name().value());
        metaData.put(ACTOR_KIND, provenance.actor().kind().name());
        provenance.onBehalfOf().ifPresent(person -> metaData.put(ON_BEHALF_OF, person.value()));
        metaData.put(CREDENTIAL, provenance.credential());
        metaData.put(COMMAND_ID, provenance.commandId());
        provenance.idempotencyKey().ifPresent(key -> metaData.put(IDEMPOTENCY_KEY, key));
        metaData.put(CORRELATION_ID, provenance.correlationId());
        metaData.put(CAUSATION_ID, provenance.causationId());
        return metaData;
    }

    static Provenance provenance(Map<String, ?> metaData) {
        return new Provenance(
                new Actor(new Person(value(metaData, ACTOR)), Actor.Kind.valueOf(value(metaData, ACTOR_KIND))),
                Optional.ofNullable((String) metaData.get(ON_BEHALF_OF)).map(Person::new),
                value(metaData, CREDENTIAL),
                value(metaData, COMMAND_ID),
                Optional.ofNullable((String) metaData.get(IDEMPOTENCY_KEY)),
                value(metaData, CORRELATION_ID),
                value(metaData, CAUSATION_ID));
    }

    private static String value(Map<String, ?> metaData, String name) {
        if (metaData.get(name) instanceof String value) {
            return value;
        }
        throw new IllegalStateException("the metadata of an event must say its " + name);
    }
}
