package org.incidenttimeline.api.page;

import java.util.Optional;

/**
 * Which part of a list is asked for.
 *
 * @param limit how many at most ({@code ?limit=50})
 * @param cursor where to go on, as the part before said; empty for the first part
 * @param list the address and the filters, which a cursor is bound to
 */
public record Page(int limit, Optional<String> cursor, String list) {}
