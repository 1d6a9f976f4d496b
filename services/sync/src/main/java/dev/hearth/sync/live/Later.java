package dev.hearth.sync.live;

import java.time.Duration;

/// Runs something after a while.
@FunctionalInterface
interface Later {
    void after(Duration wait, Runnable task);
}
