package org.incidenttimeline.api.imports;

import java.util.Locale;

/** What a file is. */
enum ImportFormat {
    /** A JSON object on each line. */
    NDJSON("application/x-ndjson"),
    /** The incidents of a status page as Statuspage publishes them ({@code /api/v2/incidents.json}). */
    STATUSPAGE("application/json");

    private final String mediaType;

    ImportFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /** The media type in which it is sent. */
    String mediaType() {
        return mediaType;
    }

    /** The word for it in a request. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
