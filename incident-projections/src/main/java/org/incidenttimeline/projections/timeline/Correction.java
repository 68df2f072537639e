package org.incidenttimeline.projections.timeline;

import java.time.Instant;
import java.util.Optional;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.IncidentEvent.EntryCorrected;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.RecordedEvent;
import org.incidenttimeline.core.event.Text;

/**
 * How an entry reads otherwise from some event on.
 *
 * @param version the version of the correcting event
 * @param text the words that stand instead, if they changed
 * @param time the time that stands instead, if it changed
 * @param because why
 * @param by who corrected it
 * @param onBehalfOf the human that a tool said it acted for
 * @param recordedAt when the log accepted the correction
 */
public record Correction(
        long version,
        Optional<Text> text,
        Optional<OccurredAt> time,
        Text because,
        Actor by,
        Optional<Person> onBehalfOf,
        Instant recordedAt) {

    static Correction of(EntryCorrected correction, RecordedEvent recorded) {
        return new Correction(
                recorded.version(),
                correction.text(),
                correction.time(),
                correction.because(),
                recorded.provenance().actor(),
                recorded.provenance().onBehalfOf(),
                recorded.recordedAt());
    }
}
