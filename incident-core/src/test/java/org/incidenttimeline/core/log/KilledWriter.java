package org.incidenttimeline.core.log;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import org.h2.jdbcx.JdbcDataSource;
import org.incidenttimeline.core.ledger.LedgerKeys;
import org.incidenttimeline.core.seal.SealingKey;
import org.incidenttimeline.core.testing.TestDatabases;

/**
 * The program that {@link DurabilityTest} kills: it writes without end and prints a number as soon as what it wrote under
 * that number is acknowledged.
 */
final class KilledWriter {

    private static final int CALLERS = 8;

    private KilledWriter() {}

    /** Takes {@code log} or {@code control}, and the directory of the database. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "log" -> appendToLog(directory);
            case "control" -> insertWithWriteDelay(directory);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void appendToLog(Path directory) throws InterruptedException {
        var dataSource = new JdbcDataSource();
        dataSource.setUrl(TestDatabases.h2Url(directory));
        dataSource.setUser("sa");
        EventLog log = EventLog.open(
                dataSource,
                WriterLock.of(Database.H2),
                Clock.systemUTC(),
                LedgerKeys.generate("tests"),
                SealingKey.generate());
        List<Thread> callers = IntStream.range(0, CALLERS)
                .mapToObj(caller -> Thread.ofPlatform().start(() -> {
                    for (long sequence = 0; ; sequence++) {
                        Appended appended = log.append(Facts.append("stream" + caller, sequence));
                        System.out.println(appended.lastPosition());
                    }
                }))
                .toList();
        for (Thread caller : callers) {
            caller.join();
        }
    }

    /** H2 as it is by default: a commit is written up to half a second later. */
    private static void insertWithWriteDelay(Path directory) throws SQLException {
        String url = TestDatabases.h2Url(directory).replace(";WRITE_DELAY=0", "");
        try (Connection connection = DriverManager.getConnection(url, "sa", "");
                PreparedStatement insert = connection.prepareStatement("insert into written (number) values (?)")) {
            for (long number = 1; ; number++) {
                insert.setLong(1, number);
                insert.executeUpdate();
                System.out.println(number);
            }
        }
    }
}
