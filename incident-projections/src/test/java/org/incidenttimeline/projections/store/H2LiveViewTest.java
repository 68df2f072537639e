package org.incidenttimeline.projections.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2LiveViewTest extends LiveViewContract {
    @TempDir
    static Path directory;

    @Override
    TestDatabase open() {
        return TestDatabase.h2(directory);
    }
}
