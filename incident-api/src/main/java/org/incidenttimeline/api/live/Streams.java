package org.incidenttimeline.api.live;

import java.util.HashMap;
import java.util.Map;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.problem.ProblemCode;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The streams that are open on this node, and how many there may be. */
@Component
class Streams {
    private final int mostPerNode;
    private final int mostPerCredential;
    private final Map<String, Integer> open = new HashMap<>();
    private int all;

    /** A place among the open streams, until it is given back. */
    final class Place implements AutoCloseable {
        private final String credential;

        private Place(String credential) {
            this.credential = credential;
        }

        @Override
        public void close() {
            giveBack(credential);
        }
    }

    Streams(
            @Value("${incident.events.streams-per-node:" + Limits.STREAMS_PER_NODE + "}") int mostPerNode,
            @Value("${incident.events.streams-per-credential:" + Limits.STREAMS_PER_CREDENTIAL + "}")
                    int mostPerCredential) {
        this.mostPerNode = mostPerNode;
        this.mostPerCredential = mostPerCredential;
    }

    /** @throws org.incidenttimeline.api.problem.ProblemException if there is no place */
    synchronized Place take(String credential) {
        if (all >= mostPerNode) {
            throw ProblemCode.TOO_MANY_STREAMS.because(
                    "This node has " + mostPerNode + " open streams, and takes no more.");
        }
        if (open.getOrDefault(credential, 0) >= mostPerCredential) {
            throw ProblemCode.TOO_MANY_STREAMS.because(
                    "This credential has " + mostPerCredential + " open streams on this node, and may have no more.");
        }
        open.merge(credential, 1, Integer::sum);
        all++;
        return new Place(credential);
    }

    private synchronized void giveBack(String credential) {
        open.computeIfPresent(credential, (_, count) -> count > 1 ? count - 1 : null);
        all--;
    }

    synchronized int open() {
        return all;
    }
}
