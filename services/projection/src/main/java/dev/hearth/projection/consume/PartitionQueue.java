package dev.hearth.projection.consume;

import dev.hearth.projection.consume.LogConsumer.Handler;
import dev.hearth.projection.consume.PartitionWork.Retry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// One partition's messages: those being worked on, and those that came meanwhile and go together next. Only the
/// consumer's thread is in here, but for the two questions at the end.
final class PartitionQueue {
    private final String name;
    private final Handler handler;
    private final Retry retry;
    private final Duration pace;
    private List<ConsumerRecord<String, byte[]>> waiting = new ArrayList<>();
    private long begun;
    private volatile @Nullable PartitionWork work;
    private volatile int size;

    PartitionQueue(String name, Handler handler, Retry retry, Duration pace) {
        this.name = name;
        this.handler = handler;
        this.retry = retry;
        this.pace = pace;
        this.begun = System.nanoTime() - pace.toNanos();
    }

    void add(List<ConsumerRecord<String, byte[]>> records) {
        waiting.addAll(records);
        count();
    }

    /// The offset to go on from, if work was done since this was asked last.
    OptionalLong collect() {
        var done = work;
        if (done == null || !done.isDone()) {
            return OptionalLong.empty();
        }
        work = null;
        count();
        return OptionalLong.of(done.next());
    }

    /// Begins with what waits, when nothing is being worked on and the last beginning is long enough ago.
    void begin() {
        if (work == null && !waiting.isEmpty() && System.nanoTime() - begun >= pace.toNanos()) {
            begun = System.nanoTime();
            work = new PartitionWork(name, waiting, handler, retry);
            waiting = new ArrayList<>();
            count();
        }
    }

    int waiting() {
        return waiting.size();
    }

    void cancel() {
        var running = work;
        if (running != null) {
            running.cancel();
        }
    }

    private void count() {
        var running = work;
        size = waiting.size() + (running == null ? 0 : running.size());
    }

    /// Messages fetched and not folded yet.
    int size() {
        return size;
    }

    /// Whether it waits for trouble to pass.
    boolean isStalled() {
        var running = work;
        return running != null && running.isStalled();
    }
}
