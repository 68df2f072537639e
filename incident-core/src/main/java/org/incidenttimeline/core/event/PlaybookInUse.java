package org.incidenttimeline.core.event;

/** The revision of a playbook that is in use, as it reads. Commands carry it, for the rules of an incident look nothing up. */
public record PlaybookInUse(PlaybookId playbookId, int revision, PlaybookContent content) {}
