package org.incidenttimeline.api.access.gate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.problem.ProblemCode;
import org.incidenttimeline.api.problem.ProblemException;

/**
 * How often a credential may ask, and how often an address may fail to prove one or a delivery, each node counting by
 * itself. Counted is against a bucket that holds a minute's worth and is refilled evenly, so that a burst is let through and
 * a stream is held.
 */
public final class RateLimits {
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int REMEMBERED = 10_000;

    private final Bound requests;
    private final Bound failures = new Bound("failed-authentication", Limits.FAILED_AUTHENTICATIONS_A_MINUTE);
    private final Bound deliveries = new Bound("unproven-delivery", Limits.UNPROVEN_DELIVERIES_A_MINUTE);

    RateLimits(int requestsPerMinute) {
        this.requests = new Bound("requests", requestsPerMinute);
    }

    /** Counts a request of a credential. */
    Taken request(String credential) {
        return requests.take(credential);
    }

    /** Counts a credential that was not good. */
    Taken failure(String address) {
        return failures.take(address);
    }

    /** Counts a delivery that did not prove itself. */
    public Taken unprovenDelivery(String address) {
        return deliveries.take(address);
    }

    /** A limit and the buckets of those it limits; a bucket that was not touched for a window is full, and forgotten. */
    private static final class Bound {
        private final String name;
        private final int most;
        private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterAccess(WINDOW)
                .build();

        Bound(String name, int most) {
            this.name = name;
            this.most = most;
        }

        Taken take(String of) {
            var bucket = buckets.get(
                    of,
                    _ -> Bucket.builder()
                            .addLimit(limit -> limit.capacity(most).refillGreedy(most, WINDOW))
                            .build());
            return new Taken(name, most, bucket.tryConsumeAndReturnRemaining(1));
        }
    }

    /** What counting one more came to. */
    public record Taken(String name, int most, ConsumptionProbe probe) {
        public boolean allowed() {
            return probe.isConsumed();
        }

        /** The problem of one who is not allowed. */
        public ProblemException tooOften() {
            return ProblemCode.RATE_LIMITED.because(
                    "Too many requests; Retry-After says in how many seconds to go on.");
        }

        /** Says it in the headers of draft-ietf-httpapi-ratelimit-headers-10. */
        public void tell(HttpServletResponse response) {
            response.setHeader("RateLimit-Policy", "\"%s\";q=%d;w=%d".formatted(name, most, WINDOW.toSeconds()));
            response.setHeader(
                    "RateLimit",
                    "\"%s\";r=%d;t=%d"
                            .formatted(name, probe.getRemainingTokens(), seconds(probe.getNanosToWaitForReset())));
        }

        /** When one who is not allowed may come again, in seconds (RFC 9110, 10.2.3). */
        String retryAfter() {
            return Long.toString(Math.max(1, seconds(probe.getNanosToWaitForRefill())));
        }

        private static long seconds(long nanos) {
            return Math.ceilDiv(nanos, 1_000_000_000L);
        }
    }
}
