package org.incidenttimeline.api.imports;

import org.incidenttimeline.core.log.Database;

class H2ImportsTest extends ImportsContract {
    H2ImportsTest() {
        super(Database.H2);
    }
}
