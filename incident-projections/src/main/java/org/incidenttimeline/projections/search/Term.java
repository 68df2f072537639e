package org.incidenttimeline.projections.search;

/**
 * A piece of a text in the form in which pieces are compared.
 *
 * @param folded the form compared, at most {@value Terms#MOST_CHARACTERS} UTF-16 units
 * @param start where it begins in the text, in UTF-16 units
 * @param end where it ends, exclusive
 */
public record Term(String folded, int start, int end) {}
