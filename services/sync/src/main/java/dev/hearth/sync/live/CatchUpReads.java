package dev.hearth.sync.live;

import dev.hearth.contracts.Caller;
import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.Read;
import dev.hearth.eventlog.ReadResult;
import io.smallrye.mutiny.Uni;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Reads of followers that are behind: so many at once, the others in turn, so that a thousand who come back together
/// do not take the log from its writers.
final class CatchUpReads {
    private final EventLog log;
    private final int atOnce;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int running;

    CatchUpReads(EventLog log, int atOnce) {
        this.log = log;
        this.atOnce = atOnce;
    }

    Uni<ReadResult> read(Caller caller, Read read) {
        return Uni.createFrom()
                .<Void>emitter(turn -> enter(() -> turn.complete(null)))
                .flatMap(_ ->
                        Uni.createFrom().deferred(() -> log.read(caller, read)).eventually(this::done));
    }

    private void enter(Runnable begin) {
        synchronized (this) {
            if (running >= atOnce) {
                waiting.addLast(begin);
                return;
            }
            running++;
        }
        begin.run();
    }

    private void done() {
        @Nullable Runnable next;
        synchronized (this) {
            next = waiting.pollFirst();
            running -= next == null ? 1 : 0;
        }
        if (next != null) {
            next.run();
        }
    }
}
