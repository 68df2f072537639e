package org.incidenttimeline.api.access.key;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.annotation.PreDestroy;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.incidenttimeline.api.access.AccessRole;
import org.incidenttimeline.api.access.Principal;
import org.incidenttimeline.api.access.key.ApiKey.Deed;
import org.incidenttimeline.api.access.key.ApiKey.Grant;
import org.incidenttimeline.api.access.key.ApiKeyTable.Stored;
import org.incidenttimeline.api.limit.Limits;
import org.incidenttimeline.api.problem.ProblemCode;
import org.incidenttimeline.core.event.Person;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives out API keys and knows them again. What is known of a key is believed for {@link Limits#KEY_BELIEVED}, so that
 * requests do not wait for the database; a key that was revoked by another node is dead here after that.
 */
@Service
public class ApiKeys {
    private static final int REMEMBERED = 10_000;
    private static final String NOBODYS_HASH = KeySecret.of("nobody").hash();

    private final ApiKeyTable table;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final boolean adminsElsewhere;
    private final Cache<String, Optional<Stored>> known = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(Limits.KEY_BELIEVED)
            .build();
    private final Map<String, Instant> used = new ConcurrentHashMap<>();

    ApiKeys(
            ApiKeyTable table,
            PlatformTransactionManager transactions,
            Clock clock,
            @Value("${incident.oidc.issuer:}") String issuer) {
        this.table = table;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
        this.adminsElsewhere = !issuer.isBlank();
    }

    /** A key that was given out, with the one copy of its secret that will ever be told. */
    public record Issued(ApiKey key, String token) {
        /** Without the secret, wherever it may be printed. */
        @Override
        public String toString() {
            return KeySecret.shown(key.id());
        }
    }

    /** Makes a key. */
    public Issued issue(Grant grant, Person by) {
        var secret = KeySecret.random();
        return transaction.execute(_ -> {
            if (table.lockGood(clock.instant()).size() >= Limits.API_KEYS) {
                throw ProblemCode.TOO_MANY_API_KEYS.because(
                        "There are " + Limits.API_KEYS + " API keys, which is as many as there may be; revoke some.");
            }
            return added(secret, grant, by);
        });
    }

    /** Makes the very first key, if there is none at all; then only one of several nodes does. */
    Optional<Issued> issueFirst(String id, Grant grant, Person by) {
        var secret = KeySecret.of(id);
        return table.count() > 0 || !table.add(id, secret.hash(), grant, new Deed(by, now()))
                ? Optional.empty()
                : Optional.of(new Issued(stored(id).key(), secret.token()));
    }

    /** All keys, the newest first. */
    public List<ApiKey> all() {
        noteUses();
        return table.all();
    }

    /** The same as they are shown, without their secrets. */
    public List<KeyResponse> shown() {
        return all().stream().map(KeyResponse::of).toList();
    }

    /** Gives the key a new secret; the old one stays good for so long. */
    public Issued rotate(String id, Duration overlap, Person by) {
        var secret = KeySecret.of(id);
        var rotated = transaction.execute(_ -> {
            var now = now();
            if (!lock(id).isGood(now)) {
                throw ProblemCode.API_KEY_ENDED.because(
                        "The key " + id + " has expired or was revoked; create another.");
            }
            table.rotate(id, secret.hash(), now.plus(overlap), new Deed(by, now));
            return new Issued(stored(id).key(), secret.token());
        });
        known.invalidate(id);
        return rotated;
    }

    /** Ends the key; one that was revoked before stays as it is. */
    public ApiKey revoke(String id, Person by) {
        var revoked = transaction.execute(_ -> {
            var now = now();
            var good = table.lockGood(now);
            var key = lock(id);
            if (key.revoked().isPresent()) {
                return key;
            }
            if (!adminsElsewhere && isOnlyAdmin(key, good)) {
                throw ProblemCode.LAST_ADMIN_KEY.because("The key " + id
                        + " is the last one with the role ADMIN; create another one before you revoke it.");
            }
            table.revoke(id, new Deed(by, now));
            return stored(id).key();
        });
        known.invalidate(id);
        return revoked;
    }

    private static boolean isOnlyAdmin(ApiKey key, List<ApiKey> good) {
        var admins = good.stream()
                .filter(k -> k.grant().roles().contains(AccessRole.ADMIN))
                .map(ApiKey::id)
                .toList();
        return admins.equals(List.of(key.id()));
    }

    /** The key that the token is, if it is good; an unknown id takes as long as a wrong secret. */
    public Optional<ApiKey> authenticate(String token) {
        var presented = KeySecret.parse(token);
        if (presented.isEmpty()) {
            return Optional.empty();
        }
        String hash = presented.get().hash();
        var stored = known.get(presented.get().id(), table::find);
        var now = clock.instant();
        boolean same = isSame(hash, stored.map(Stored::hash));
        boolean former = isSame(hash, stored.flatMap(Stored::formerHash))
                && stored.flatMap(s -> s.key().formerUntil())
                        .filter(now::isBefore)
                        .isPresent();
        var key = stored.map(Stored::key).filter(k -> (same || former) && k.isGood(now));
        key.ifPresent(k -> used.put(k.id(), now));
        return key;
    }

    /**
     * Whether a key that was good still is, for requests that last; a revoked one of another node is found out within
     * {@link Limits#KEY_BELIEVED}. Whether a token of the identity provider was taken back, nobody here can tell.
     */
    public boolean isStillGood(Principal principal) {
        if (!principal.credential().startsWith(ApiKey.CREDENTIAL_PREFIX)) {
            return true;
        }
        String id = principal.credential().substring(ApiKey.CREDENTIAL_PREFIX.length());
        return known.get(id, table::find)
                .filter(stored -> stored.key().isGood(clock.instant()))
                .isPresent();
    }

    /** Compares in a time that does not depend on what is equal, and with something where there is nothing. */
    private static boolean isSame(String hash, Optional<String> kept) {
        return MessageDigest.isEqual(
                hash.getBytes(StandardCharsets.US_ASCII),
                kept.orElse(NOBODYS_HASH).getBytes(StandardCharsets.US_ASCII));
    }

    /** The id that a token names, known or not, where it has the form of one of our keys. */
    public static Optional<String> idIn(String token) {
        return KeySecret.parse(token).map(KeySecret::id);
    }

    /** Whether the token means to be one of our keys. */
    public static boolean isOurs(String token) {
        return KeySecret.looksLikeOne(token);
    }

    /** Writes down when each key was used last; not with every request, which would make every read a write. */
    @PreDestroy
    @Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT1M")
    void noteUses() {
        var taken = new HashMap<String, Instant>();
        used.keySet().forEach(id -> taken.computeIfAbsent(id, used::remove));
        if (!taken.isEmpty()) {
            transaction.executeWithoutResult(_ -> taken.forEach(table::used));
        }
    }

    private Issued added(KeySecret secret, Grant grant, Person by) {
        if (!table.add(secret.id(), secret.hash(), grant, new Deed(by, now()))) {
            throw new IllegalStateException("60 random bits came twice");
        }
        return new Issued(stored(secret.id()).key(), secret.token());
    }

    private ApiKey lock(String id) {
        return table.lock(id)
                .map(Stored::key)
                .orElseThrow(() -> ProblemCode.UNKNOWN_API_KEY.because("There is no API key " + id + "."));
    }

    private Stored stored(String id) {
        return table.find(id).orElseThrow();
    }

    /** As the database keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
