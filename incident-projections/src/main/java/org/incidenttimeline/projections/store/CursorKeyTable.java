package org.incidenttimeline.projections.store;

import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The secret that the cursors of lists are sealed with, the same on every node. It lasts as long as the views do. */
public final class CursorKeyTable {
    private final JdbcClient jdbc;

    public CursorKeyTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The secret kept, or where there is none yet, a fresh one that is kept from now on. The caller holds the transaction. */
    public byte[] keptOr(Supplier<byte[]> fresh) {
        jdbc.sql("""
                        insert into views.cursor_key (id, secret) values (1, :secret)
                        on conflict do nothing
                        """).param("secret", fresh.get()).update();
        return jdbc.sql("select secret from views.cursor_key where id = 1")
                .query((row, _) -> row.getBytes("secret"))
                .single();
    }
}
