package org.incidenttimeline.api.submission;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.incidenttimeline.api.problem.ProblemCode;
import org.incidenttimeline.core.command.RetryKey;
import org.springframework.stereotype.Component;

/** The keyed requests that this node is working on. What another node is working on, the log settles when it commits. */
@Component
class UnderWay {
    private final ConcurrentMap<Holder, String> fingerprints = new ConcurrentHashMap<>();

    private record Holder(String scope, String key) {}

    /**
     * Does the work, unless it is under way.
     *
     * @throws org.incidenttimeline.api.problem.ProblemException if it is, or if other work is under the same key
     */
    <T> T only(RetryKey key, Supplier<T> work) {
        var holder = new Holder(key.scope(), key.key());
        String other = fingerprints.putIfAbsent(holder, key.fingerprint());
        if (other != null) {
            throw other.equals(key.fingerprint())
                    ? ProblemCode.REQUEST_UNDER_WAY.because(
                            "The same request is being worked on; ask again in a moment to get its answer.")
                    : ProblemCode.IDEMPOTENCY_KEY_REUSED.because(
                            "Something else is being asked under this key; take a new key for a new request.");
        }
        try {
            return work.get();
        } finally {
            fingerprints.remove(holder);
        }
    }
}
