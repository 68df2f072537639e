package org.incidenttimeline.api.freshness;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * How fresh an answer must be.
 *
 * @param minVersion the version of the incident that the answer must know ({@code ?minVersion=7})
 * @param minPosition the position in the log that the answer must know ({@code ?minPosition=1042})
 * @param patience how long the caller would wait for that ({@code Prefer: wait=5}, RFC 7240); two seconds if they do not say
 */
public record Freshness(OptionalLong minVersion, OptionalLong minPosition, Duration patience) {}
