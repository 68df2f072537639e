package org.incidenttimeline.api.config;

import javax.sql.DataSource;
import org.incidenttimeline.core.log.WriterLock;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;

/** Begins a transaction when no other one writes, where the database needs that; see {@link WriterLock}. */
final class SingleWriterTransactionManager extends JdbcTransactionManager {
    private static final long serialVersionUID = 1L;

    private final transient WriterLock writerLock;

    SingleWriterTransactionManager(DataSource dataSource, WriterLock writerLock) {
        super(dataSource);
        this.writerLock = writerLock;
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
        writerLock.acquire();
        try {
            super.doBegin(transaction, definition);
        } catch (RuntimeException | Error e) {
            writerLock.release();
            throw e;
        }
    }

    @Override
    protected void doCleanupAfterCompletion(Object transaction) {
        try {
            super.doCleanupAfterCompletion(transaction);
        } finally {
            writerLock.release();
        }
    }
}
