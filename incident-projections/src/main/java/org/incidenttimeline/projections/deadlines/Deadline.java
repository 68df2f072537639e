package org.incidenttimeline.projections.deadlines;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.incidenttimeline.core.event.Audience;
import org.incidenttimeline.core.event.ItemId.ActionId;
import org.incidenttimeline.core.event.RegimeName;
import org.incidenttimeline.core.event.StageName;

/** Something that is late from one moment on. */
public sealed interface Deadline {
    /** The last moment at which it is in time. */
    Instant dueAt();

    /** The next update that an audience was promised. */
    record UpdateDue(Audience audience, Instant dueAt) implements Deadline {}

    /** A report that a regime asks for. */
    record NotificationDue(RegimeName regime, StageName stage, Instant dueAt) implements Deadline {}

    /** An action, until the day it is due on is over in UTC. */
    record ActionDue(ActionId actionId, LocalDate due) implements Deadline {
        @Override
        public Instant dueAt() {
            return due.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
    }
}
