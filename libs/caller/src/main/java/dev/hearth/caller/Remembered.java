package dev.hearth.caller;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Who was let in, so that a device that calls often is asked about now and then. It counts while the feed is heard and
/// says nothing of it, for half a minute at most, and never beyond its own end. Only who was let in is remembered, so
/// whoever signs in is in with the next request.
final class Remembered<K> implements IdentityFeed.Listener {
    /// So long is a token still taken whose key Keycloak has withdrawn.
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static final int MOST = 2_000;

    record Entry(SecurityIdentity identity, Set<Subject> hangsOn, Instant expiresAt) {
        Entry {
            hangsOn = Set.copyOf(hangsOn);
        }
    }

    private final IdentityFeed feed;
    private final InstantSource clock;
    private final Cache<K, Entry> entries =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(LONGEST).build();

    Remembered(IdentityFeed feed, InstantSource clock) {
        this.feed = feed;
        this.clock = clock;
        feed.listen(this);
    }

    Uni<SecurityIdentity> get(K key, Supplier<Uni<Entry>> ask) {
        var known = known(key);
        if (known.isPresent()) {
            return Uni.createFrom().item(known.get());
        }
        boolean heard = feed.isFresh();
        long changes = feed.changes();
        return ask.get().map(entry -> {
            if (heard && counts(entry)) {
                entries.put(key, entry);
                // A change that came while the port was asked may not be in its answer. It is counted before it is
                // forgotten, so either it is seen here, or what was put is forgotten there.
                if (feed.changes() != changes) {
                    entries.invalidate(key);
                }
            }
            return entry.identity();
        });
    }

    Optional<SecurityIdentity> known(K key) {
        return Optional.ofNullable(entries.getIfPresent(key))
                .filter(this::counts)
                .map(Entry::identity);
    }

    boolean has(K key) {
        return known(key).isPresent();
    }

    private boolean counts(Entry entry) {
        return feed.isFresh() && entry.expiresAt().isAfter(clock.instant());
    }

    @Override
    public void changed(Changes changes) {
        if (changes.lost()) {
            entries.invalidateAll();
        } else {
            entries.asMap().values().removeIf(entry -> !Collections.disjoint(entry.hangsOn(), changes.subjects()));
        }
    }
}
