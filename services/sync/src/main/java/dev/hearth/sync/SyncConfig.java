package dev.hearth.sync;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Limits and times of sync.
@ConfigMapping(prefix = "sync")
public interface SyncConfig {
    Live live();

    NativeFace nativeFace();

    LiveStore liveStore();

    /// How deep JSON that clients send may be nested.
    @WithDefault("200")
    int maxJsonDepth();

    /// Bodies above this many bytes are read on a worker, so that no event loop waits for them.
    @WithDefault("65536")
    int maxBytesReadInPlace();

    /// Delivery of new events to those who wait for them.
    interface Live {
        /// Listen on Kafka for stores that moved on. Off, or Kafka away: heads are polled alone.
        @WithDefault("true")
        boolean wakeUps();

        /// How often the heads of all stores that somebody waits for are read, whatever Kafka says.
        @WithDefault("1s")
        Duration pollInterval();

        /// Streams and long polls this process serves at once.
        @WithDefault("5000")
        int maxFollowers();

        /// Streams and long polls of one user.
        @WithDefault("500")
        int maxFollowersPerUser();

        /// Events that reach a follower together.
        @WithDefault("500")
        int pageEvents();

        /// Payload bytes that reach a follower together, unless one event alone is larger.
        @WithDefault("900000")
        int pageBytes();

        /// New events a store's tail keeps, so that its followers share one read.
        @WithDefault("256")
        int tailEvents();

        /// Payload bytes a store's tail keeps.
        @WithDefault("1048576")
        int tailBytes();

        /// How long a tail is kept when nobody follows it, for those who come back.
        @WithDefault("30s")
        Duration keepIdleTail();

        /// Reads of the log for followers that are behind their store's tail, at once; the rest wait their turn.
        @WithDefault("8")
        int maxCatchUpReads();

        /// How long a follower for whom there are events may take none before it is cut off. Long enough for the
        /// largest event on a slow line.
        @WithDefault("60s")
        Duration stalledAfter();

        /// How long a read that failed waits before it is tried again; it doubles up to the poll interval times ten.
        @WithDefault("200ms")
        Duration retryAfter();
    }

    /// `/api/v1/stores`.
    interface NativeFace {
        @WithDefault("1000")
        int maxEventsPerPage();

        @WithDefault("100")
        int defaultEventsPerPage();

        /// Events one append may carry; the log has its own limit above this.
        @WithDefault("10000")
        int maxEventsPerAppend();

        /// Payload bytes of one page, unless its first event alone is larger.
        @WithDefault("4194304")
        int maxBytesPerPage();

        @WithDefault("30s")
        Duration longestWait();

        /// How often a quiet stream says that it is alive.
        @WithDefault("15s")
        Duration heartbeat();

        @WithDefault("100")
        int maxStoresPerPage();
    }

    /// `/faces/livestore`.
    interface LiveStore {
        /// Bytes a request's body or a WebSocket message may have; the client stays below 900,000.
        @WithDefault("8388608")
        long maxBodyBytes();

        /// Pulls one WebSocket may hold open; the client opens one.
        @WithDefault("8")
        int maxPullsPerConnection();

        /// Pushes one WebSocket may have waiting for their answer; the client sends one at a time.
        @WithDefault("32")
        int maxWaitingPushes();

        /// How soon a WebSocket has to pull; one that does not is closed, as its client has lost its way.
        @WithDefault("5s")
        Duration pullWithin();

        /// Events that reach a client together. It rebases all it has not pushed at every chunk, so fewer are better.
        @WithDefault("500")
        int chunkEvents();

        /// How long the next small chunk waits for a client that has not acknowledged the last one.
        @WithDefault("10s")
        Duration ackWithin();
    }
}
