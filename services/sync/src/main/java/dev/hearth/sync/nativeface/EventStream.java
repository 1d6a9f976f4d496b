package dev.hearth.sync.nativeface;

import dev.hearth.contracts.ProblemType;
import dev.hearth.problems.Problem;
import dev.hearth.problems.ProblemException;
import dev.hearth.sync.live.LiveEvent;
import dev.hearth.sync.live.LiveItem;
import dev.hearth.sync.live.NotFollowed;
import io.netty.buffer.Unpooled;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/// One client's stream: writes what comes as server-sent events, and asks for more only when the socket takes more.
/// Everything runs on the request's own event loop.
final class EventStream implements MultiSubscriber<LiveItem> {
    private static final byte[] HEAD = "retry: 1000\n\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final long LONGEST_TIMER = Duration.ofDays(1).toMillis();

    private final HttpServerResponse response;
    private final Vertx vertx;
    private final Context context;
    private final UniEmitter<? super Void> answered;
    private final long heartbeat;
    private Flow.@Nullable Subscription subscription;
    private long expiry = -1;
    private Runnable left = () -> {};
    private boolean opened;
    private boolean ended;
    private boolean wrote;

    EventStream(HttpServerResponse response, Vertx vertx, Duration heartbeat, UniEmitter<? super Void> answered) {
        this.response = response;
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.answered = answered;
        this.heartbeat = vertx.setPeriodic(heartbeat.toMillis(), _ -> beat());
        response.closeHandler(_ -> finish());
        response.exceptionHandler(_ -> finish());
    }

    /// `left` is run when the stream has ended.
    void onEnd(Runnable left) {
        this.left = left;
        if (ended) {
            left.run();
        }
    }

    /// Its caller may not go on, or nobody can say whether they may; then the client finds out by coming back.
    void revoke(Problem why) {
        context.runOnContext(_ -> {
            if (!ended && !opened) {
                fail(new ProblemException(why));
            } else if (why.problemType() == ProblemType.UNAVAILABLE) {
                onCompletion();
            } else {
                expire();
            }
        });
    }

    /// Ends when the token does; the client comes back with a new one.
    void endAt(Instant end) {
        long left = Duration.between(Instant.now(), end).toMillis();
        expiry = vertx.setTimer(Math.clamp(left, 1, LONGEST_TIMER), _ -> expire());
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onItem(LiveItem item) {
        if (ended) {
            return;
        }
        switch (item) {
            case LiveItem.Events events -> write(events);
            case LiveItem.Replaced(var generation) -> {
                open();
                write(SseForm.message("reset", "{\"generation\":" + generation + "}"));
            }
        }
    }

    private void write(LiveItem.Events page) {
        if (open()) {
            write(SseForm.message("opened", "{\"generation\":" + page.generation() + ",\"head\":" + page.head() + "}"));
        }
        if (!page.events().isEmpty()) {
            write(page.events().stream().map(EventStream::encoded).toArray(byte[][]::new));
        }
        more();
    }

    private static byte[] encoded(LiveEvent event) {
        return event.in(SseForm.FORM);
    }

    private void more() {
        if (response.writeQueueFull()) {
            response.drainHandler(_ -> request());
        } else {
            request();
        }
    }

    private void request() {
        if (!ended && subscription != null) {
            subscription.request(1);
        }
    }

    private boolean open() {
        if (opened) {
            return false;
        }
        opened = true;
        response.setStatusCode(200)
                .setChunked(true)
                .putHeader("Content-Type", "text/event-stream;charset=UTF-8")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Accel-Buffering", "no");
        write(HEAD);
        return true;
    }

    /// Wraps, does not copy: the same bytes go to every stream. Vert.x has no other door for that before its next
    /// major.
    @SuppressWarnings("deprecation")
    private void write(byte[]... parts) {
        wrote = true;
        response.write(Buffer.buffer(Unpooled.wrappedBuffer(parts)));
    }

    private void beat() {
        if (opened && !ended && !wrote && !response.writeQueueFull()) {
            write(SseForm.HEARTBEAT);
        }
        wrote = false;
    }

    private void expire() {
        if (!ended && opened) {
            write(SseForm.message("expired", "{}"));
            response.end();
        }
        finish();
    }

    @Override
    public void onFailure(Throwable failure) {
        if (!opened) {
            fail(Refusals.notFollowed(failure));
            return;
        }
        if (failure instanceof NotFollowed refused && refused.reason() instanceof NotFollowed.Reason.TooSlow) {
            // What is queued for it would never leave: close the connection under it.
            response.reset();
        } else if (!ended) {
            response.end();
        }
        finish();
    }

    /// Nothing was written yet: it can still be said why not.
    private void fail(Throwable failure) {
        if (!ended) {
            stop();
            answered.fail(failure);
        }
    }

    @Override
    public void onCompletion() {
        if (!ended) {
            response.end();
        }
        finish();
    }

    private void finish() {
        if (ended) {
            return;
        }
        stop();
        answered.complete(null);
    }

    private void stop() {
        ended = true;
        vertx.cancelTimer(heartbeat);
        vertx.cancelTimer(expiry);
        if (subscription != null) {
            subscription.cancel();
        }
        left.run();
    }
}
