package org.incidenttimeline.core.axon;

import java.util.List;
import org.incidenttimeline.core.log.KeyChange;

/** Says which names that one stream at a time may hold an event takes or gives back. */
@FunctionalInterface
public interface UniqueNames {

    /** For logs in which no name is unique. */
    UniqueNames NONE = _ -> List.of();

    /** The changes in their order; empty for most events. */
    List<KeyChange> changedBy(Object event);
}
