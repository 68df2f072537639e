package org.incidenttimeline.core.event;

import java.util.Optional;

/** What is broken, what still works, and who is affected. What is not known stays empty. */
public record Impact(Text broken, Optional<Text> stillWorks, Optional<Text> affected, Spread spread) {}
