package org.incidenttimeline.api.imports;

import org.incidenttimeline.core.log.Database;

class PostgresImportsTest extends ImportsContract {
    PostgresImportsTest() {
        super(Database.POSTGRESQL);
    }
}
