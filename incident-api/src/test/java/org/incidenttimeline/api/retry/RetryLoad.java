package org.incidenttimeline.api.retry;

import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.incidenttimeline.api.testing.RunningService;
import org.incidenttimeline.api.testing.RunningService.Answer;
import org.incidenttimeline.core.log.Database;
import org.incidenttimeline.core.log.EventLog;
import org.incidenttimeline.core.log.StoredEvent;
import org.incidenttimeline.core.testing.TestDatabases;

/**
 * Callers that send a third of their requests twice, to either of two nodes on one PostgreSQL: some after the answer, some
 * at the same moment. Everything that was sent must be in the log once, and both copies must have had one answer.
 */
@SuppressWarnings("AssignmentExpression") // A line is read and looked at in one step.
final class RetryLoad {
    private static final int CALLERS = 32;
    private static final int SHARED_INCIDENTS = 8;
    private static final int PAGE = 1_000;

    /** Every request names itself in a title or a text; a batch names two. */
    private static final Pattern MARK = Pattern.compile("mark-[0-9]+-[0-9]+[ab]");

    private final List<RunningService> nodes;
    private final LongAdder posts = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder replayed = new LongAdder();
    private final LongAdder askedAgain = new LongAdder();
    private final LongAdder differing = new LongAdder();

    private RetryLoad(List<RunningService> nodes) {
        this.nodes = nodes;
    }

    /**
     * What came of it.
     *
     * @param posts requests, the second ones among them
     * @param retries second ones
     * @param replayed answers that were told again
     * @param askedAgain answers 409 (under way, or changed by others), after which the same request was sent once more;
     *     these are not counted as posts
     * @param differing pairs of copies that had two answers
     * @param duplicates marks that are in the log more than once
     * @param lost marks that are not in the log
     * @param unasked marks in the log that nobody sent
     */
    record Summary(
            long posts,
            long retries,
            long replayed,
            long askedAgain,
            long differing,
            long duplicates,
            long lost,
            long unasked,
            Duration took) {
        boolean isClean() {
            return differing == 0 && duplicates == 0 && lost == 0 && unasked == 0;
        }

        @Override
        public String toString() {
            return """
                    posts                 %,10d
                      of them retries     %,10d
                    answers told again    %,10d
                    asked again after 409 %,10d
                    took                  %10.1f s, %,.0f posts/s
                    differing answers     %,10d
                    duplicates            %,10d
                    lost                  %,10d
                    not asked for         %,10d
                    """.formatted(
                            posts,
                            retries,
                            replayed,
                            askedAgain,
                            took.toMillis() / 1000.0,
                            posts * 1000.0 / Math.max(1, took.toMillis()),
                            differing,
                            duplicates,
                            lost,
                            unasked);
        }
    }

    /** Takes the number of posts, prints the summary, and ends with 1 if anything is wrong. */
    public static void main(String[] arguments) throws Exception {
        Summary summary = run(arguments.length == 0 ? 100_000 : Integer.parseInt(arguments[0]));
        System.out.print(summary);
        System.exit(summary.isClean() ? 0 : 1);
    }

    static Summary run(int posts) throws InterruptedException, ExecutionException {
        try (var database = TestDatabases.empty(Database.POSTGRESQL);
                var nodeA = RunningService.on(database, Clock.systemUTC(), "--logging.level.org.flywaydb=ERROR");
                var nodeB = RunningService.on(database, Clock.systemUTC(), "--logging.level.org.flywaydb=ERROR")) {
            var load = new RetryLoad(List.of(nodeA, nodeB));
            load.declareSharedIncidents();
            long begun = System.nanoTime();
            var sent = load.send(posts);
            var took = Duration.ofNanos(System.nanoTime() - begun);
            return load.summary(sent, recorded(nodeA.context().getBean(EventLog.class)), took);
        }
    }

    private void declareSharedIncidents() {
        for (int i = 0; i < SHARED_INCIDENTS; i++) {
            nodes.getFirst().tell("/incidents", declaration("shared-" + i, "all of them"));
        }
    }

    private static String declaration(String incident, String title) {
        return """
                {"incidentId": "%s", "title": "%s", "severity": "SEV3", "lead": "ana",
                 "detection": {"source": "ALERT"}}""".formatted(incident, title);
    }

    private record Request(String key, String path, String body, List<String> marks) {}

    /** Has all callers send at once; the marks that they sent. */
    private List<String> send(int wanted) throws InterruptedException, ExecutionException {
        // Of three posts, two are new and one is a retry.
        int requests = wanted * 2 / 3 / CALLERS;
        var marks = new ArrayList<String>();
        try (var callers = Executors.newFixedThreadPool(CALLERS);
                var twins = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, CALLERS)
                    .<Callable<List<String>>>mapToObj(caller -> () -> tell(caller, requests, twins))
                    .toList();
            for (Future<List<String>> sent : callers.invokeAll(calls)) {
                marks.addAll(sent.get());
            }
        }
        return marks;
    }

    private List<String> tell(int caller, int requests, ExecutorService twins)
            throws InterruptedException, ExecutionException {
        nodes.get(caller % 2).tell("/incidents", declaration("own-" + caller, "of caller " + caller));
        var marks = new ArrayList<String>();
        for (int i = 0; i < requests; i++) {
            var request = request(caller, i);
            marks.addAll(request.marks());
            var node = nodes.get(i / 2 % 2);
            var other = nodes.get((i / 2 + i / 4) % 2);
            if (i % 2 == 1) {
                answer(node, request);
            } else if (i % 4 == 0) {
                var first = answer(node, request);
                compare(first, answer(other, request));
                retries.increment();
            } else {
                var twin = twins.submit(() -> answer(other, request));
                var first = answer(node, request);
                compare(first, twin.get());
                retries.increment();
            }
        }
        return marks;
    }

    /** Of ten requests one declares an incident without naming it, one is a batch, and two go where others go. */
    private static Request request(int caller, int i) {
        String mark = "mark-" + caller + "-" + i;
        String key = "\"" + mark + "\"";
        String own = "/incidents/own-" + caller;
        return switch (i / 3 % 10) {
            case 0 -> new Request(key, "/incidents", """
                        {"title": "%sa", "severity": "SEV4", "lead": "ana", "detection": {"source": "ALERT"}}""".formatted(mark), List.of(mark + "a"));
            case 1 -> new Request(key, own + "/commands", """
                        {"commands": [{"path": "/notes", "body": {"text": "%1$sa"}},
                                      {"path": "/notes", "body": {"text": "%1$sb"}}]}""".formatted(mark), List.of(mark + "a", mark + "b"));
            case 2, 3 -> note(key, "/incidents/shared-" + (caller + i) % SHARED_INCIDENTS, mark + "a");
            default -> note(key, own, mark + "a");
        };
    }

    private static Request note(String key, String incident, String mark) {
        return new Request(key, incident + "/notes", "{\"text\": \"" + mark + "\"}", List.of(mark));
    }

    /** Sends a request until it is answered otherwise than with 409. */
    private Answer answer(RunningService node, Request request) {
        posts.increment();
        while (true) {
            var answer = node.send(node.request("/api/v1" + request.path())
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", request.key())
                    .POST(HttpRequest.BodyPublishers.ofString(request.body())));
            if (answer.status() != 409) {
                if (!answer.header("Idempotent-Replayed").isEmpty()) {
                    replayed.increment();
                }
                return answer.accepted();
            }
            askedAgain.increment();
        }
    }

    private void compare(Answer first, Answer second) {
        boolean same = first.status() == second.status()
                && first.text().equals(second.text())
                && first.header("ETag").equals(second.header("ETag"));
        // One of the two did it; the other one was told.
        boolean oneDidIt = first.header("Idempotent-Replayed").isEmpty()
                != second.header("Idempotent-Replayed").isEmpty();
        if (!same || !oneDidIt) {
            differing.increment();
        }
    }

    /** How often each mark is in the log. Reading it fails where a position is missing. */
    private static Map<String, Integer> recorded(EventLog log) {
        var found = new HashMap<String, Integer>();
        List<StoredEvent> page;
        for (long position = 0; !(page = log.readAfter(position, PAGE)).isEmpty(); position += page.size()) {
            for (var event : page) {
                MARK.matcher(event.payload()).results().forEach(mark -> found.merge(mark.group(), 1, Integer::sum));
            }
        }
        return found;
    }

    private Summary summary(List<String> sent, Map<String, Integer> recorded, Duration took) {
        long lost = sent.stream().filter(mark -> !recorded.containsKey(mark)).count();
        long duplicates = recorded.values().stream().filter(count -> count > 1).count();
        return new Summary(
                posts.sum(),
                retries.sum(),
                replayed.sum(),
                askedAgain.sum(),
                differing.sum(),
                duplicates,
                lost,
                recorded.size() - (sent.size() - lost),
                took);
    }
}
