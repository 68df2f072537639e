package org.incidenttimeline.api.access.denial;

import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.incidenttimeline.api.access.denial.DeniedRequest.Source;
import org.incidenttimeline.api.access.denial.DeniedRequest.Target;
import org.incidenttimeline.api.access.denial.DeniedRequestTable.Numbered;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.page.NewestFirst;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps refused requests. They are written a second later together, not while the refused caller waits: else a refusal
 * that is recorded could be told by its duration from one that is not, and whoever has no right could make us write. Of
 * one source {@value Limits#DENIALS_A_MINUTE} a minute are kept one by one, the others as their number.
 */
@Service
public class DeniedRequests {
    /** Refusals that may wait for a write, and sources that may be counted apart; beyond that, all share one count. */
    private static final int WAITING = 1_000;

    private static final int AT_ONCE = 200;

    /** Rows of either kind, with and without a good credential, that are kept at most: neither can push out the other. */
    private static final long ROWS = 100_000;

    private static final Source EVERYONE_ELSE = new Source(false, Optional.empty(), Optional.empty(), "various");

    private final DeniedRequestTable table;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Duration retention;
    private final List<DeniedRequest> waiting = new ArrayList<>();
    private final Map<String, Minute> minutes = new HashMap<>();

    DeniedRequests(
            DeniedRequestTable table,
            PlatformTransactionManager transactions,
            Clock clock,
            @Value("${incident.denied-requests.retention:P400D}") Duration retention) {
        this.table = table;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
        this.retention = retention;
    }

    /** What one source was refused in one minute. */
    private static final class Minute {
        private final Source source;
        private final long number;
        private int kept;
        private long leftOut;

        Minute(Source source, long number) {
            this.source = source;
            this.number = number;
        }
    }

    /** Keeps one, or counts it. */
    public synchronized void record(Source source, Target request, String code) {
        var now = clock.instant();
        var minute = minuteOf(source, number(now));
        if (minute.kept >= Limits.DENIALS_A_MINUTE || waiting.size() >= WAITING) {
            minute.leftOut++;
        } else {
            minute.kept++;
            waiting.add(new DeniedRequest(now, source, Optional.of(request), code, 0));
        }
    }

    private Minute minuteOf(Source source, long number) {
        var minute = minutes.get(source.name());
        if (minute != null && minute.number != number) {
            close(minute);
            minutes.remove(source.name());
        }
        return minutes.size() < WAITING || minutes.containsKey(source.name())
                ? minutes.computeIfAbsent(source.name(), _ -> new Minute(source, number))
                : minutes.computeIfAbsent(EVERYONE_ELSE.name(), _ -> new Minute(EVERYONE_ELSE, number));
    }

    private void close(Minute minute) {
        if (minute.leftOut > 0) {
            var end = Instant.ofEpochSecond((minute.number + 1) * 60);
            waiting.add(
                    new DeniedRequest(end, minute.source, Optional.empty(), DeniedRequest.LEFT_OUT, minute.leftOut));
        }
    }

    private synchronized List<DeniedRequest> take() {
        long current = number(clock.instant());
        minutes.values().removeIf(minute -> {
            boolean over = minute.number != current;
            if (over) {
                close(minute);
            }
            return over;
        });
        var taken = List.copyOf(waiting);
        waiting.clear();
        return taken;
    }

    private static long number(Instant now) {
        return now.getEpochSecond() / 60;
    }

    @PreDestroy
    @Scheduled(fixedDelayString = "PT1S")
    void write() {
        var taken = take();
        if (!taken.isEmpty()) {
            transaction.executeWithoutResult(_ -> taken.forEach(table::add));
        }
    }

    @Scheduled(fixedDelayString = "PT1H")
    void forgetOld() {
        transaction.executeWithoutResult(_ -> table.forget(clock.instant().minus(retention), ROWS));
    }

    /** Those that were refused from a moment on, the newest first. */
    public Stream<DeniedResponse> since(Instant first) {
        return NewestFirst.stream(number -> before(number, AT_ONCE), Numbered::number)
                .takeWhile(denied -> !denied.request().at().isBefore(first))
                .map(DeniedResponse::of);
    }

    /** The newest first, those before a number; with all that this node knows. */
    List<Numbered> before(long number, int most) {
        write();
        return table.before(number, most);
    }
}
