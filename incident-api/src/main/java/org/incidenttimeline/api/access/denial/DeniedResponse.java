package org.incidenttimeline.api.access.denial;

import java.time.Instant;
import java.util.Optional;
import org.incidenttimeline.api.access.denial.DeniedRequest.Target;
import org.incidenttimeline.api.access.denial.DeniedRequestTable.Numbered;
import org.incidenttimeline.core.event.Person;

/** One refused request; or as many as {@code leftOut} says, without what they asked for. */
public record DeniedResponse(
        Instant at,
        boolean authenticated,
        Optional<String> credential,
        Optional<Person> actor,
        String address,
        Optional<String> method,
        Optional<String> path,
        String code,
        long leftOut) {
    static DeniedResponse of(Numbered numbered) {
        var denied = numbered.request();
        return new DeniedResponse(
                denied.at(),
                denied.source().authenticated(),
                denied.source().credential(),
                denied.source().actor(),
                denied.source().address(),
                denied.request().map(Target::method),
                denied.request().map(Target::path),
                denied.code(),
                denied.leftOut());
    }
}
