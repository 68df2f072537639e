package org.incidenttimeline.core.axon;

import com.github.benmanes.caffeine.cache.Caffeine;
import org.axonframework.common.Registration;
import org.axonframework.common.caching.Cache;

/**
 * Keeps aggregates between commands, so that a command need not read its stream. Axon takes an entry out whenever the
 * unit of work that loaded it rolls back, so a refusal or a conflict leaves nothing behind.
 *
 * <p>Where other nodes write too, an entry may be behind. An append then fails; whether a refusal can be believed, the
 * desk asks the log ({@link AxonCommandDesk}).
 */
public final class AggregateCache implements Cache {

    /** Most aggregates kept; the least useful go first. */
    public static final int MOST_ENTRIES = 10_000;

    private final com.github.benmanes.caffeine.cache.Cache<Object, Object> entries =
            Caffeine.newBuilder().maximumSize(MOST_ENTRIES).build();

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"}) // Axon's contract: null if absent
    public <K, V> V get(K key) {
        return (V) entries.getIfPresent(key);
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
