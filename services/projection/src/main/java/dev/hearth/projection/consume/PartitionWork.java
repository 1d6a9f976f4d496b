package dev.hearth.projection.consume;

import dev.hearth.projection.consume.LogConsumer.Handler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/// One partition's messages being handled, on a thread of their own, again and again until it succeeds: what
/// fails here is the infrastructure, and that passes.
final class PartitionWork {
    private static final Logger LOG = Logger.getLogger(PartitionWork.class);

    private final String name;
    private final List<ConsumerRecord<String, byte[]>> records;
    private final Handler handler;
    private final Retry retry;
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean done;
    private volatile boolean stalled;

    /// How long to wait before the next attempt.
    record Retry(Duration first, Duration longest) {
        Duration after(Duration pause) {
            var doubled = pause.multipliedBy(2);
            return doubled.compareTo(longest) < 0 ? doubled : longest;
        }
    }

    PartitionWork(String name, List<ConsumerRecord<String, byte[]>> records, Handler handler, Retry retry) {
        this.name = name;
        this.records = records;
        this.handler = handler;
        this.retry = retry;
        this.thread = Thread.ofVirtual().name(name).start(this::run);
    }

    boolean isDone() {
        return done;
    }

    boolean isStalled() {
        return stalled;
    }

    int size() {
        return records.size();
    }

    /// The offset to go on from when this is done.
    long next() {
        return records.getLast().offset() + 1;
    }

    /// Ends the attempts. One that is under way may still have its effect; whoever takes over skips it.
    void cancel() {
        cancelled.countDown();
        thread.interrupt();
    }

    private void run() {
        var pause = retry.first();
        while (!isCancelled()) {
            try {
                handler.handle(records);
                done = true;
                stalled = false;
                return;
            } catch (Exception trouble) {
                if (isCancelled()) {
                    return;
                }
                stalled = true;
                LOG.warnf("partition paused: consumer=%s events=%d reason=%s", name, records.size(), describe(trouble));
                LOG.debug("partition paused", trouble);
            }
            pause(pause);
            pause = retry.after(pause);
        }
    }

    private boolean isCancelled() {
        return cancelled.getCount() == 0;
    }

    private void pause(Duration pause) {
        try {
            cancelled.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            // Only cancel() does that.
            cancelled.countDown();
        }
    }

    static String describe(Throwable trouble) {
        return trouble.getClass().getSimpleName() + ": " + trouble.getMessage();
    }
}
