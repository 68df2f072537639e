package org.incidenttimeline.api.access.denial;

import java.time.Instant;
import java.util.Optional;
import org.incidenttimeline.core.event.Person;

/**
 * A request that was refused for want of a right.
 *
 * @param source who asked
 * @param request what was asked for; absent where the row stands for several, see {@code leftOut}
 * @param code under which code it was refused
 * @param leftOut how many more refusals of the source in one minute this row stands for
 */
public record DeniedRequest(Instant at, Source source, Optional<Target> request, String code, long leftOut) {
    /** The code of a row that stands for requests that were not kept one by one. */
    static final String LEFT_OUT = "left-out";

    /**
     * Who asked.
     *
     * @param authenticated whether the credential was good; else it is what the caller claimed to have
     * @param credential never the secret itself
     */
    public record Source(boolean authenticated, Optional<String> credential, Optional<Person> actor, String address) {
        /** What refusals are counted by: a good credential wherever it is used, else the address. */
        String name() {
            return authenticated ? credential.orElse(address) : address;
        }
    }

    /** The request line, without the query, which may hold what was not meant for us. */
    public record Target(String method, String path) {}
}
