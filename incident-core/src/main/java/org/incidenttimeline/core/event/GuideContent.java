package org.incidenttimeline.core.event;

import java.util.List;

/** What responders are told beforehand. */
public sealed interface GuideContent permits RunbookContent, PlaybookContent {
    Title title();

    /** The services that it is for. */
    List<ServiceName> services();
}
