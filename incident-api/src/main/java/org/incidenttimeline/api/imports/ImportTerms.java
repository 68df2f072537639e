package org.incidenttimeline.api.imports;

import java.time.ZoneId;
import java.util.Optional;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Reference;
import org.incidenttimeline.core.event.Text;

/**
 * What the importer says of a whole file.
 *
 * @param source who keeps the record
 * @param licence under which it may be used, where that matters
 * @param zone where clocks stood, for times that do not say it
 * @param lead who answers for incidents whose record names nobody
 * @param dryRun whether to report only what would happen
 */
record ImportTerms(
        ImportFormat format,
        Reference source,
        Optional<Text> licence,
        Optional<ZoneId> zone,
        Optional<Person> lead,
        boolean dryRun) {}
