package org.incidenttimeline.api.inbound;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.api.problem.ProblemCode;

/** What arrived at the address of a source: headers and bytes as they came, and when, by our clock. */
final class Delivery {
    private final Headers headers;
    private final byte[] body;
    private final Instant arrivedAt;

    private Delivery(Headers headers, byte[] body, Instant arrivedAt) {
        this.headers = headers;
        this.body = body;
        this.arrivedAt = arrivedAt;
    }

    /** The values of a header, none where it is absent. */
    @FunctionalInterface
    interface Headers {
        List<String> of(String name);
    }

    static Delivery of(HttpServletRequest request, byte[] body, Instant arrivedAt) {
        return new Delivery(name -> Collections.list(request.getHeaders(name)), body, arrivedAt);
    }

    Headers headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    Instant arrivedAt() {
        return arrivedAt;
    }

    /** A header that is there once; one that is given twice proves and names nothing. */
    Optional<String> header(String name) {
        var values = headers.of(name);
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    /** A header without which the delivery cannot be understood. */
    String required(String name) {
        return header(name)
                .orElseThrow(() -> ProblemCode.INVALID_HEADER.because("The header " + name + " must be given once."));
    }
}
