package org.incidenttimeline.api.audit;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.incidenttimeline.api.access.Principal;
import org.incidenttimeline.api.page.NewestFirst;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts reads of the log on record: that one begins before anything is sent, and its end once all was. */
@Service
public class LogAccesses {
    private static final int PATH = 500;
    private static final int AT_ONCE = 200;
    private static final int QUERY = 2_000;

    private final LogAccessTable table;
    private final TransactionTemplate transaction;
    private final Clock clock;

    LogAccesses(LogAccessTable table, PlatformTransactionManager transactions, Clock clock) {
        this.table = table;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /**
     * Records that a read begins. Where that cannot be recorded, nothing may be sent.
     *
     * @param position beyond which nothing is sent
     */
    public LogAccess begin(LogAccess.What what, Principal principal, HttpServletRequest request, long position) {
        var access = new LogAccess(
                0,
                clock.instant(),
                what,
                principal.actor(),
                principal.credential(),
                request.getRemoteAddr(),
                cut(request.getRequestURI(), PATH),
                Optional.ofNullable(request.getQueryString()).map(query -> cut(query, QUERY)),
                position,
                Optional.empty());
        long number = Objects.requireNonNull(transaction.execute(_ -> table.add(access)));
        return new LogAccess(
                number,
                access.begunAt(),
                what,
                access.actor(),
                access.credential(),
                access.address(),
                access.path(),
                access.query(),
                position,
                Optional.empty());
    }

    /** Records that all of it was sent. */
    public void end(LogAccess access, long count, long lastPosition) {
        var sent = new LogAccess.Sent(count, lastPosition, clock.instant());
        transaction.executeWithoutResult(_ -> table.ended(access.number(), sent));
    }

    /** Those that began from a moment on, the newest first. */
    public Stream<AccessResponse> since(Instant first) {
        return NewestFirst.stream(number -> before(number, AT_ONCE), LogAccess::number)
                .takeWhile(access -> !access.begunAt().isBefore(first))
                .map(AccessResponse::of);
    }

    /** The newest first, those before a number. */
    List<LogAccess> before(long number, int most) {
        return table.before(number, most);
    }

    private static String cut(String text, int most) {
        return text.substring(0, Math.min(text.length(), most));
    }
}
