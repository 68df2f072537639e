package org.incidenttimeline.core.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/**
 * A closed loop: so many callers, each doing the next operation when the one before is answered, for so long. Every
 * latency is kept, so percentiles are exact.
 */
public final class Load {

    /** One caller's work, told which caller it is and how many operations that caller has done. */
    @FunctionalInterface
    public interface Operation {
        void run(int caller, long count) throws Exception;
    }

    /**
     * What a run showed.
     *
     * @param perSecond operations answered in a second
     * @param p50 median latency of an operation
     * @param p99 latency that 99 of 100 operations stay within
     */
    public record Result(int callers, long operations, double perSecond, Duration p50, Duration p99) {

        /** The columns of {@link #toString}. */
        public static final String HEADER =
                String.format("%7s %12s %10s %10s", "callers", "per second", "p50 ms", "p99 ms");

        @Override
        public String toString() {
            return String.format("%7d %12.0f %10.2f %10.2f", callers, perSecond, millis(p50), millis(p99));
        }

        private static double millis(Duration duration) {
            return duration.toNanos() / 1e6;
        }
    }

    private Load() {}

    /** Warms up for {@code warmUp}, whose figures are thrown away, then measures for {@code measured}. */
    public static Result run(int callers, Duration warmUp, Duration measured, Operation operation) {
        CountDownLatch ready = new CountDownLatch(callers);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<long[]>> latencies = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < callers; caller++) {
                int me = caller;
                latencies.add(threads.submit(() -> {
                    ready.countDown();
                    start.await();
                    return loop(me, warmUp, measured, operation);
                }));
            }
            ready.await();
            start.countDown();
            long[] all = latencies.stream()
                    .flatMapToLong(future -> LongStream.of(result(future)))
                    .sorted()
                    .toArray();
            return new Result(
                    callers,
                    all.length,
                    all.length / (measured.toNanos() / 1e9),
                    percentile(all, 0.50),
                    percentile(all, 0.99));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The run whose throughput is in the middle. */
    public static Result median(List<Result> runs) {
        return runs.stream()
                .sorted(Comparator.comparingDouble(Result::perSecond))
                .toList()
                .get(runs.size() / 2);
    }

    private static long[] loop(int caller, Duration warmUp, Duration measured, Operation operation) throws Exception {
        long begin = System.nanoTime();
        long measureFrom = begin + warmUp.toNanos();
        long end = measureFrom + measured.toNanos();
        long[] latencies = new long[1024];
        int kept = 0;
        long count = 0;
        for (long before = begin; before < end; ) {
            operation.run(caller, count++);
            long after = System.nanoTime();
            if (before >= measureFrom && after <= end) {
                if (kept == latencies.length) {
                    latencies = Arrays.copyOf(latencies, kept * 2);
                }
                latencies[kept++] = after - before;
            }
            before = after;
        }
        return Arrays.copyOf(latencies, kept);
    }

    private static long[] result(Future<long[]> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("an operation failed", e.getCause());
        }
    }

    private static Duration percentile(long[] sorted, double share) {
        return sorted.length == 0
                ? Duration.ZERO
                : Duration.ofNanos(sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))]);
    }
}
