package org.incidenttimeline.core.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.incidenttimeline.core.seal.Bytes;
import org.incidenttimeline.core.seal.Payloads;
import org.incidenttimeline.core.seal.SaltedValue;
import org.incidenttimeline.core.seal.SealedPlace;
import org.incidenttimeline.core.seal.Sealer;

/**
 * Reads what is sealed beside events: one query for the values of a batch, and one for those of their keys that it does not
 * remember. Whether a value is there is asked each time, so a key that is remembered opens nothing that was taken out.
 */
final class SealedValues {

    private static final int REMEMBERED = 20_000;

    private final DataSource dataSource;
    private final Sealer sealer;
    private final Map<UUID, Bytes> remembered = Collections.synchronizedMap(new Newest());

    /** The keys that were used last. */
    private static final class Newest extends LinkedHashMap<UUID, Bytes> {
        private static final long serialVersionUID = 1L;

        Newest() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Bytes> eldest) {
            return size() > REMEMBERED;
        }
    }

    SealedValues(DataSource dataSource, Sealer sealer) {
        this.dataSource = dataSource;
        this.sealer = sealer;
    }

    private record Closed(UUID keyId, Bytes nonce, Bytes box) {}

    /**
     * The events with their words; those that are no longer there are replaced by {@value Payloads#REMOVED}.
     *
     * @throws org.incidenttimeline.core.seal.DamagedSeal if what is there does not open
     */
    List<StoredEvent> opened(List<StoredEvent> stored) {
        Map<ValuePlace, SealedPlace> places = placesIn(stored);
        if (places.isEmpty()) {
            return stored;
        }
        Map<ValuePlace, SaltedValue> values = valuesAt(places);
        List<StoredEvent> opened = new ArrayList<>(stored.size());
        for (StoredEvent event : stored) {
            opened.add(event.with(Payloads.opened(
                    event.payload(),
                    place -> Optional.ofNullable(values.get(new ValuePlace(event.eventId(), place.path())))
                            .map(SaltedValue::json))));
        }
        return opened;
    }

    /** The values of those events that are there. */
    Map<ValuePlace, SaltedValue> of(List<StoredEvent> stored) {
        Map<ValuePlace, SealedPlace> places = placesIn(stored);
        return places.isEmpty() ? Map.of() : valuesAt(places);
    }

    /** Destroys keys whose values were taken out. A key goes before the note that it has to. */
    int shred(int most) {
        List<UUID> keys = keysToShred(most);
        if (!keys.isEmpty()) {
            delete("delete from keys.sealing_key where key_id = any(?)", keys);
            delete("delete from log.shred_pending where key_id = any(?)", keys);
            keys.forEach(remembered::remove);
        }
        return keys.size();
    }

    private List<UUID> keysToShred(int most) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select key_id from log.shred_pending limit ?")) {
            select.setInt(1, most);
            List<UUID> keys = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    keys.add(row.getObject(1, UUID.class));
                }
            }
            return keys;
        } catch (SQLException e) {
            throw new LogUnavailable("the keys to destroy could not be read: " + e.getMessage(), e);
        }
    }

    private void delete(String sql, List<UUID> keys) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setArray(1, connection.createArrayOf("uuid", keys.toArray()));
            delete.executeUpdate();
        } catch (SQLException e) {
            throw new LogUnavailable("keys could not be destroyed: " + e.getMessage(), e);
        }
    }

    private static Map<ValuePlace, SealedPlace> placesIn(List<StoredEvent> stored) {
        Map<ValuePlace, SealedPlace> places = new HashMap<>();
        for (StoredEvent event : stored) {
            for (SealedPlace place : Payloads.sealsIn(event.payload())) {
                places.put(new ValuePlace(event.eventId(), place.path()), place);
            }
        }
        return places;
    }

    private Map<ValuePlace, SaltedValue> valuesAt(Map<ValuePlace, SealedPlace> places) {
        Map<ValuePlace, Closed> closed = closed(
                places.keySet().stream().map(ValuePlace::eventId).distinct().toList());
        Map<UUID, Bytes> keys = keys(closed.values().stream().map(Closed::keyId).toList());
        Map<ValuePlace, SaltedValue> values = new HashMap<>();
        places.forEach((at, place) -> {
            Closed box = closed.get(at);
            Bytes key = box == null ? null : keys.get(box.keyId());
            if (box != null && key != null) {
                values.put(at, Sealer.open(at.eventId(), place, key, box.nonce(), box.box()));
            }
        });
        return values;
    }

    private Map<ValuePlace, Closed> closed(Collection<UUID> events) {
        return query(
                "select event_id, path, key_id, nonce, box from log.sealed_value where event_id = any(?)",
                events,
                row -> Map.entry(
                        new ValuePlace(row.getObject(1, UUID.class), row.getString(2)),
                        new Closed(
                                row.getObject(3, UUID.class), Bytes.of(row.getBytes(4)), Bytes.of(row.getBytes(5)))));
    }

    private Map<UUID, Bytes> keys(Collection<UUID> ids) {
        Map<UUID, Bytes> keys = new HashMap<>();
        List<UUID> unknown = new ArrayList<>();
        for (UUID id : ids) {
            Optional.ofNullable(remembered.get(id)).ifPresentOrElse(key -> keys.put(id, key), () -> unknown.add(id));
        }
        if (!unknown.isEmpty()) {
            Map<UUID, Bytes> wrapped = query(
                    "select key_id, wrapped from keys.sealing_key where key_id = any(?)",
                    unknown,
                    row -> Map.entry(row.getObject(1, UUID.class), Bytes.of(row.getBytes(2))));
            wrapped.forEach((id, key) -> keys.put(id, sealer.unwrap(id, key)));
            unknown.forEach(id -> Optional.ofNullable(keys.get(id)).ifPresent(key -> remembered.put(id, key)));
        }
        return keys;
    }

    private interface Row<K, V> {
        Map.Entry<K, V> read(ResultSet row) throws SQLException;
    }

    private <K, V> Map<K, V> query(String sql, Collection<UUID> ids, Row<K, V> row) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            Map<K, V> found = new HashMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Map.Entry<K, V> entry = row.read(rows);
                    found.put(entry.getKey(), entry.getValue());
                }
            }
            return found;
        } catch (SQLException e) {
            throw new LogUnavailable("what is sealed could not be read: " + e.getMessage(), e);
        }
    }
}
