package org.incidenttimeline.core.axon;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.OptionalLong;
import java.util.function.Function;
import org.axonframework.common.Registration;
import org.axonframework.common.caching.Cache;
import org.axonframework.eventsourcing.AggregateCacheEntry;
import org.axonframework.eventsourcing.NoSnapshotTriggerDefinition;
import org.incidenttimeline.core.log.EventLog;
import org.jspecify.annotations.Nullable;

/**
 * Keeps aggregates between commands, so that a command need not read its stream. Axon takes an entry out whenever the
 * unit of work that loaded it rolls back, so a refusal or a conflict leaves nothing behind.
 *
 * <p>That is enough while one node writes. Where others write too, an entry that is behind would not always lead to a
 * conflict: a command that is refused, or finds nothing left to do, appends nothing. So there each use asks the log for
 * the version of the stream, one look into an index, and an entry that is behind is dropped.
 */
public final class AggregateCache implements Cache {

    /** Most aggregates kept; the least useful go first. */
    public static final int MOST_ENTRIES = 10_000;

    private final com.github.benmanes.caffeine.cache.Cache<Object, Object> entries =
            Caffeine.newBuilder().maximumSize(MOST_ENTRIES).build();

    private final @Nullable Function<String, OptionalLong> versions;

    private AggregateCache(@Nullable Function<String, OptionalLong> versions) {
        this.versions = versions;
    }

    /** For a node that is the only writer of its log. */
    public static AggregateCache forOnlyWriter() {
        return new AggregateCache(null);
    }

    /** For a node that shares the log with others. */
    public static AggregateCache checkedAgainst(EventLog log) {
        return new AggregateCache(log::streamVersion);
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"}) // Axon's contract: null if absent
    public <K, V> V get(K key) {
        Object entry = entries.getIfPresent(key);
        if (entry != null && isBehind(key, entry)) {
            entries.asMap().remove(key, entry);
            entry = null;
        }
        return (V) entry;
    }

    private boolean isBehind(Object key, Object entry) {
        if (versions == null || !(entry instanceof AggregateCacheEntry<?> aggregate)) {
            return false;
        }
        return !OptionalLong.of(versionOf(aggregate)).equals(versions.apply(key.toString()));
    }

    @SuppressWarnings("NullAway") // an entry that was never written to a stream of bytes still has its aggregate
    private static long versionOf(AggregateCacheEntry<?> entry) {
        return entry.recreateAggregate(null, null, NoSnapshotTriggerDefinition.INSTANCE)
                .version();
    }

    @Override
    public void put(Object key, Object value) {
        entries.put(key, value);
    }

    @Override
    public boolean putIfAbsent(Object key, Object value) {
        return entries.asMap().putIfAbsent(key, value) == null;
    }

    @Override
    public boolean remove(Object key) {
        return entries.asMap().remove(key) != null;
    }

    @Override
    public void removeAll() {
        entries.invalidateAll();
    }

    @Override
    public boolean containsKey(Object key) {
        return entries.asMap().containsKey(key);
    }

    /** Nothing in an event-sourced repository listens. */
    @Override
    public Registration registerCacheEntryListener(EntryListener listener) {
        throw new UnsupportedOperationException("the cache of aggregates has no listeners");
    }
}
