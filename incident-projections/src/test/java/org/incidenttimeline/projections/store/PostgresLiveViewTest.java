package org.incidenttimeline.projections.store;

import java.io.IOException;

class PostgresLiveViewTest extends LiveViewContract {
    @Override
    TestDatabase open() throws IOException {
        return TestDatabase.postgres();
    }
}
