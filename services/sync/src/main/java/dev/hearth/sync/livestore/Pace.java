package dev.hearth.sync.livestore;

import io.vertx.core.Vertx;
import java.time.Duration;

/// When the next chunk of a live pull may go: at once while more is known to follow, else when the client has
/// acknowledged what it was sent. What is appended meanwhile goes together, as small segments do in TCP (RFC 896).
///
/// A LiveStore client rebases everything it has not pushed yet at every chunk that arrives, so a busy client that gets
/// each append by itself falls ever further behind. A client that acknowledges nothing gets a chunk now and then.
/// Everything runs on the connection's event loop.
final class Pace {
    private final Vertx vertx;
    private final Duration patience;
    private final Runnable next;
    private int unacknowledged;
    private boolean waiting;
    private long timer;

    Pace(Vertx vertx, Duration patience, Runnable next) {
        this.vertx = vertx;
        this.patience = patience;
        this.next = next;
    }

    /// A chunk goes to the socket.
    void sent() {
        unacknowledged++;
    }

    /// The socket has taken it.
    ///
    /// @param more whether further events are known to follow
    void written(boolean more) {
        if (more || unacknowledged == 0) {
            next.run();
        } else {
            waiting = true;
            timer = vertx.setTimer(patience.toMillis(), _ -> goOn());
        }
    }

    void acknowledged() {
        unacknowledged = Math.max(0, unacknowledged - 1);
        if (waiting && unacknowledged == 0) {
            vertx.cancelTimer(timer);
            goOn();
        }
    }

    private void goOn() {
        waiting = false;
        next.run();
    }

    void stop() {
        if (waiting) {
            waiting = false;
            vertx.cancelTimer(timer);
        }
    }
}
