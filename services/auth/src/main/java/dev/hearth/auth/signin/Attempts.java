package dev.hearth.auth.signin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hearth.contracts.ProblemType;
import dev.hearth.problems.ProblemException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// How often somebody at one address has tried in a while. Counted by this process alone: what holds for an account,
/// Keycloak counts.
final class Attempts {
    private static final int MAX_ADDRESSES = 50_000;

    private final int most;
    private final Cache<String, AtomicInteger> counts;

    Attempts(int most, Duration window) {
        this.most = most;
        this.counts = Caffeine.newBuilder()
                .maximumSize(MAX_ADDRESSES)
                .expireAfterWrite(window)
                .build();
    }

    /// Counts one more, and refuses it if that is too many.
    void count(String address) {
        if (counts.get(address, _ -> new AtomicInteger()).incrementAndGet() > most) {
            throw new ProblemException(
                    ProblemType.TOO_MANY_REQUESTS, "Too many tries from this address; wait a while and try again.");
        }
    }
}
