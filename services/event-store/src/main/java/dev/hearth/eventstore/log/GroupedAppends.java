package dev.hearth.eventstore.log;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.EventId;
import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.Append;
import dev.hearth.eventlog.AppendResult;
import dev.hearth.eventlog.AppendResult.Appended;
import dev.hearth.eventlog.NewEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.BiFunction;

/// While some of a caller's appends are being committed, those that come meanwhile wait and are committed together:
/// one transaction for all, whose cost they share. One that comes alone does not wait.
///
/// Each is answered for itself and after the commit. What cannot be committed with others goes the long way alone: an
/// append with events that stand already, to a store that is not there, or whose group failed.
final class GroupedAppends {
    /// Groups of one caller under way: one is in the database while the next one's answers are written.
    private static final int UNDER_WAY = 2;
    private static final int MAX_EVENTS = 2_000;
    private static final long MAX_BYTES = 4_000_000;

    private final BiFunction<Caller, List<Append>, Uni<List<Optional<Appended>>>> together;
    private final BiFunction<Caller, Append, Uni<AppendResult>> alone;
    private final Map<Caller, Lane> lanes = new HashMap<>();

    GroupedAppends(
            BiFunction<Caller, List<Append>, Uni<List<Optional<Appended>>>> together,
            BiFunction<Caller, Append, Uni<AppendResult>> alone) {
        this.together = together;
        this.alone = alone;
    }

    private record Waiting(Append append, UniEmitter<? super AppendResult> answer) {
        long bytes() {
            long bytes = 0;
            for (NewEvent event : append.events()) {
                bytes += event.payload().size();
            }
            return bytes;
        }
    }

    private record Sent(StoreId store, EventId event) {}

    /// `fresh`: no event's id comes twice.
    private record Group(List<Waiting> appends, boolean fresh) {}

    private static final class Lane {
        final Queue<Waiting> waiting = new ArrayDeque<>();
        int underWay;
    }

    Uni<AppendResult> append(Caller caller, Append append) {
        // The answer comes from whoever commits; it is taken on where this was asked.
        Context context = Vertx.currentContext();
        Uni<AppendResult> answer = Uni.createFrom().emitter(emitter -> enter(caller, new Waiting(append, emitter)));
        return context == null ? answer : answer.emitOn(task -> context.runOnContext(_ -> task.run()));
    }

    private void enter(Caller caller, Waiting waiting) {
        Group group;
        synchronized (lanes) {
            var lane = lanes.computeIfAbsent(caller, _ -> new Lane());
            lane.waiting.add(waiting);
            if (lane.underWay == UNDER_WAY) {
                return;
            }
            lane.underWay++;
            group = take(lane);
        }
        commit(caller, group);
    }

    private void leave(Caller caller) {
        Group group;
        synchronized (lanes) {
            var lane = lanes.get(caller);
            if (lane.waiting.isEmpty()) {
                lane.underWay--;
                if (lane.underWay == 0) {
                    lanes.remove(caller);
                }
                return;
            }
            group = take(lane);
        }
        commit(caller, group);
    }

    /// As many as fit. A retry beside what it repeats waits for the next group, where it is known.
    private static Group take(Lane lane) {
        List<Waiting> group = new ArrayList<>();
        Set<Sent> sent = new HashSet<>();
        int events = 0;
        long bytes = 0;
        while (!lane.waiting.isEmpty()) {
            var next = lane.waiting.peek();
            events += next.append().events().size();
            bytes += next.bytes();
            boolean fresh = fresh(next.append(), sent);
            if (!group.isEmpty() && (!fresh || events > MAX_EVENTS || bytes > MAX_BYTES)) {
                break;
            }
            group.add(lane.waiting.remove());
            if (!fresh) {
                return new Group(group, false);
            }
        }
        return new Group(group, true);
    }

    private static boolean fresh(Append append, Set<Sent> sent) {
        boolean fresh = true;
        for (NewEvent event : append.events()) {
            fresh &= sent.add(new Sent(append.store(), event.id()));
        }
        return fresh;
    }

    private void commit(Caller caller, Group group) {
        var appends = group.appends().stream().map(Waiting::append).toList();
        Uni<List<Optional<Appended>>> results = group.fresh()
                ? Uni.createFrom().deferred(() -> together.apply(caller, appends))
                : Uni.createFrom().item(List.of(Optional.empty()));
        results.subscribe()
                .with(
                        committed -> {
                            leave(caller);
                            for (int place = 0; place < committed.size(); place++) {
                                answer(caller, group.appends().get(place), committed.get(place));
                            }
                        },
                        _ -> {
                            leave(caller);
                            group.appends().forEach(waiting -> answer(caller, waiting, Optional.empty()));
                        });
    }

    private void answer(Caller caller, Waiting waiting, Optional<Appended> committed) {
        committed.ifPresentOrElse(
                waiting.answer()::complete,
                () -> alone.apply(caller, waiting.append())
                        .subscribe()
                        .with(waiting.answer()::complete, waiting.answer()::fail));
    }
}
