package dev.hearth.sync.livestore;

import dev.hearth.caller.OpenStreams;
import dev.hearth.contracts.Caller;
import dev.hearth.contracts.ProblemType;
import dev.hearth.contracts.Trace;
import dev.hearth.problems.Problem;
import dev.hearth.problems.Traces;
import dev.hearth.sync.SyncConfig;
import dev.hearth.sync.live.Live;
import dev.hearth.sync.livestore.Answers.Outcome;
import dev.hearth.sync.livestore.Wire.Message;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/// One client's connection: pings, pushes one after another, and pulls that stay open. Everything runs on the
/// connection's event loop.
final class WebSocketRpc implements OpenStreams.Stream {
    static final Problem UPGRADE_NEEDED =
            new Problem(ProblemType.INVALID_REQUEST, "Connect with a WebSocket, or send LiveStore's RPC with POST.");

    /// What every connection needs.
    record Parts(Wire wire, Push push, Stores stores, Cursors cursors, Live live, SyncConfig config) {}

    private static final short POLICY = 1008;
    private static final short BAD_DATA = 1007;
    private static final short TOO_LARGE = 1009;
    private static final short RESTART = 1012;
    private static final short TRY_AGAIN = 1013;

    private final ServerWebSocket socket;
    private final Vertx vertx;
    private final Context context;
    private Caller caller;
    private final Optional<Instant> expiry;
    /// Of the request that opened the connection: that of whatever names no trace of its own.
    private final Optional<Trace> opening;

    private final Parts parts;
    private final Map<String, LivePull> pulls = new HashMap<>();
    private final Queue<Message> pushes = new ArrayDeque<>();
    private final List<Long> timers = new ArrayList<>();
    private boolean pushing;
    private boolean pulled;
    private boolean over;

    WebSocketRpc(
            ServerWebSocket socket,
            Vertx vertx,
            Caller caller,
            Optional<Instant> expiry,
            Optional<Trace> opening,
            Parts parts) {
        this.socket = socket;
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.caller = caller;
        this.expiry = expiry;
        this.opening = opening;
        this.parts = parts;
    }

    /// `closed` is told when the connection has ended.
    void open(Runnable closed) {
        socket.frameHandler(new Frames(
                parts.config().liveStore().maxBodyBytes(),
                this::receive,
                () -> close(TOO_LARGE, "a message is over the limit")));
        // What a broken client sends ends its own connection and nothing else.
        socket.exceptionHandler(_ -> {});
        expiry.ifPresent(
                time -> after(Duration.between(Instant.now(), time), () -> close(POLICY, "the token has expired")));
        // After missed pings the client connects anew and forgets to pull; the next connection pulls again.
        after(parts.config().liveStore().pullWithin(), () -> {
            if (!pulled) {
                close(TRY_AGAIN, "no pull came");
            }
        });
        socket.closeHandler(_ -> {
            end();
            closed.run();
        });
    }

    private void after(Duration wait, Runnable task) {
        timers.add(vertx.setTimer(Math.max(1, wait.toMillis()), _ -> task.run()));
    }

    /// The client connects anew, and pulls with its cursor.
    void stop() {
        context.runOnContext(_ -> close(RESTART, "the server is being stopped"));
    }

    @Override
    public void goOnAs(Caller now) {
        context.runOnContext(_ -> {
            caller = now;
            List.copyOf(pulls.values()).forEach(pull -> pull.goOnAs(now));
        });
    }

    @Override
    public void end(Problem why) {
        boolean passes = why.problemType() == ProblemType.UNAVAILABLE;
        context.runOnContext(_ -> close(passes ? TRY_AGAIN : POLICY, passes ? why.detail() : "the sign-in has ended"));
    }

    private void receive(byte[] json) {
        if (over) {
            return;
        }
        Message message;
        try {
            message = parts.wire().message(json);
        } catch (IOException | IllegalArgumentException invalid) {
            close(BAD_DATA, "not a message of LiveStore's RPC");
            return;
        }
        switch (message.kind()) {
            case "Ping" -> socket.writeTextMessage(Answers.PONG);
            case "Request" -> request(message);
            case "Interrupt" -> interrupt(String.valueOf(message.requestId()));
            case "Ack" -> acknowledged(String.valueOf(message.requestId()));
            // Other messages are for newer servers.
            default -> {}
        }
    }

    private void request(Message request) {
        if (request.id() == null || request.tag() == null) {
            close(BAD_DATA, "a request has an id and a tag");
            return;
        }
        switch (request.tag()) {
            case "SyncWsRpc.Pull" -> pull(request.id(), request);
            case "SyncWsRpc.Push" -> enqueue(request);
            default -> exit(request.id(), new Outcome.Failed("there is no such procedure"));
        }
    }

    private void pull(String id, Message request) {
        pulled = true;
        if (pulls.size() >= parts.config().liveStore().maxPullsPerConnection() || pulls.containsKey(id)) {
            exit(id, new Outcome.Failed("too many pulls are open on this connection"));
            return;
        }
        try {
            var wish = parts.wire().payload(request, Wire.Pull.class);
            var pull = new LivePull(id, caller, wish, socket, context, parts, end -> ended(id, end));
            pulls.put(id, pull);
            pull.start();
        } catch (IOException | IllegalArgumentException invalid) {
            exit(id, new Outcome.Failed("the payload does not fit the procedure"));
        }
    }

    private void ended(String id, LivePull.End end) {
        pulls.remove(id);
        switch (end) {
            case LivePull.End.Exit(var outcome) -> exit(id, outcome);
            case LivePull.End.Disconnect(var reason) -> close(TRY_AGAIN, reason);
            case LivePull.End.Denied(var reason) -> close(POLICY, reason);
        }
    }

    private void acknowledged(String id) {
        var pull = pulls.get(id);
        if (pull != null) {
            pull.acknowledged();
        }
    }

    private void interrupt(String id) {
        var pull = pulls.remove(id);
        if (pull != null) {
            pull.cancel();
        }
    }

    /// Pushes are answered in the order they came: the client's next batch stands on this one.
    private void enqueue(Message request) {
        if (pushes.size() >= parts.config().liveStore().maxWaitingPushes()) {
            close(TRY_AGAIN, "too many pushes wait for their answer");
            return;
        }
        pushes.add(request);
        if (!pushing) {
            nextPush();
        }
    }

    private void nextPush() {
        var request = pushes.poll();
        pushing = request != null;
        if (request != null) {
            var trace = request.trace().or(() -> opening);
            Traces.during(
                    trace,
                    () -> push(request, trace).subscribe().with(outcome -> {
                        exit(String.valueOf(request.id()), outcome);
                        nextPush();
                    }));
        }
    }

    private Uni<Outcome> push(Message request, Optional<Trace> trace) {
        try {
            return parts.push()
                    .push(caller, parts.wire().payload(request, Wire.Push.class), trace)
                    .onFailure()
                    .recoverWithItem(failure -> Traces.during(trace, () -> HttpRpc.outcome(failure)))
                    .emitOn(task -> context.runOnContext(_ -> task.run()));
        } catch (Refused refused) {
            return Uni.createFrom().item(new Outcome.Failed(refused.getMessage()));
        } catch (IOException | IllegalArgumentException invalid) {
            return Uni.createFrom().item(new Outcome.Failed("the payload does not fit the procedure"));
        }
    }

    private void exit(String id, Outcome outcome) {
        if (!socket.isClosed()) {
            socket.writeTextMessage(Answers.exit(id, outcome));
        }
    }

    /// What the client still sends is not read, and nothing is kept for it: it may never answer the close.
    private void close(short code, String reason) {
        if (!over) {
            end();
            socket.close(code, reason);
        }
    }

    private void end() {
        over = true;
        timers.forEach(vertx::cancelTimer);
        pulls.values().forEach(LivePull::cancel);
        pulls.clear();
        pushes.clear();
    }
}
