package dev.hearth.auth.carry;

import dev.hearth.auth.AuthConfig;
import dev.hearth.contracts.ProblemType;
import dev.hearth.problems.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// How many carry something at once: each of them costs a thread or the log's time for as long as it takes.
@ApplicationScoped
class Turns {
    private final Set<UUID> carrying = ConcurrentHashMap.newKeySet();
    private final int most;

    @Inject
    Turns(AuthConfig config) {
        this(config.carry().atOnce());
    }

    Turns(int most) {
        this.most = most;
    }

    /// Takes a turn; what is returned gives it back, however often it is run.
    Runnable take(UUID user) {
        synchronized (this) {
            if (carrying.size() >= most || !carrying.add(user)) {
                throw new ProblemException(
                        ProblemType.TOO_MANY_REQUESTS,
                        "An export or import of this account runs, or of too many others; try again when it is done.");
            }
        }
        var taken = new AtomicBoolean(true);
        return () -> {
            if (taken.compareAndSet(true, false)) {
                carrying.remove(user);
            }
        };
    }
}
