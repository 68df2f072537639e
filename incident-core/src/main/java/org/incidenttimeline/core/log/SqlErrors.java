package org.incidenttimeline.core.log;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a database says about a refused row. A batch hides the real error: PostgreSQL's driver puts it in
 * {@code getCause()} and {@code getNextException()}, H2 only in {@code getNextException()}.
 */
final class SqlErrors {

    private static final String UNIQUE_VIOLATION = "23505";

    // PostgreSQL: ended by an administrator, by a crash, by an idle timeout. H2: connection broken, database closed.
    private static final Set<String> LOST_CONNECTION =
            Set.of("57P01", "57P02", "25P03", "57P05", "90067", "90098", "90121");

    private SqlErrors() {}

    /** Whether the rows themselves are refused (data exception or broken constraint), so that trying again cannot help. */
    static boolean refusesRows(SQLException error) {
        return any(error, link -> {
            String state = link.getSQLState();
            return state != null && (state.startsWith("22") || state.startsWith("23"));
        });
    }

    /** Whether the connection is gone, so that another one may do better. */
    static boolean isLostConnection(SQLException error) {
        return any(error, link -> {
            String state = link.getSQLState();
            return state != null && (state.startsWith("08") || LOST_CONNECTION.contains(state));
        });
    }

    /**
     * Whether the unique constraint of that name is broken. Both databases name the constraint in the message; H2 names
     * the index, which begins with the name of its constraint.
     */
    static boolean violates(SQLException error, String constraint) {
        return any(error, link -> {
            String message = link.getMessage();
            return UNIQUE_VIOLATION.equals(link.getSQLState()) && message != null && message.contains(constraint);
        });
    }

    private static boolean any(SQLException error, Predicate<SQLException> wanted) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> links = new ArrayDeque<>();
        follow(error, seen, links);
        while (!links.isEmpty()) {
            Throwable link = links.pop();
            if (link instanceof SQLException sql) {
                if (wanted.test(sql)) {
                    return true;
                }
                follow(sql.getNextException(), seen, links);
            }
            follow(link.getCause(), seen, links);
        }
        return false;
    }

    private static void follow(@Nullable Throwable link, Set<Throwable> seen, Deque<Throwable> links) {
        if (link != null && seen.add(link)) {
            links.push(link);
        }
    }
}
