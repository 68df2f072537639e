package org.incidenttimeline.api.schedule;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.incidenttimeline.core.log.WriterLock;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Hands out connections whose holder is the only one who writes, where the database needs that; see {@link WriterLock}. It
 * is for a library that opens a connection for each statement, writes without our transaction manager, and gives the
 * connection back on the same thread.
 */
final class WriterLockedDataSource extends DelegatingDataSource {
    private final WriterLock writerLock;

    WriterLockedDataSource(DataSource dataSource, WriterLock writerLock) {
        super(dataSource);
        this.writerLock = writerLock;
    }

    @Override
    public Connection getConnection() throws SQLException {
        writerLock.acquire();
        try {
            return releasing(super.getConnection());
        } catch (SQLException | RuntimeException | Error e) {
            writerLock.release();
            throw e;
        }
    }

    /** The same connection, but that it gives the lock back when it is closed, once. */
    private Connection releasing(Connection connection) {
        var released = new boolean[1];
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (_, method, arguments) -> {
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw causeOf(e);
                    } finally {
                        if (method.getName().equals("close") && !released[0]) {
                            released[0] = true;
                            writerLock.release();
                        }
                    }
                });
    }

    private static Throwable causeOf(InvocationTargetException e) {
        @Nullable Throwable cause = e.getCause();
        return cause == null ? e : cause;
    }
}
