package dev.hearth.standalone.bench;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.parsetools.RecordParser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Devices that follow one store, each over a connection of its own.
final class Streams implements AutoCloseable {
    private static final String WRITTEN = "\"t\":";

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(false));
    private final HttpClient http;
    private final int[] seen;
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    /// Only the event loop records.
    private volatile Histogram latencies = new Histogram(3);

    /// Returns when all are up to date.
    Streams(Subject subject, String store, int count) {
        http = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(60_000).setTcpNoDelay(true),
                new PoolOptions().setHttp1MaxSize(count).setMaxWaitQueueSize(count));
        seen = new int[count];
        var options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost(subject.origin().getHost())
                .setPort(subject.origin().getPort())
                .setURI("/api/v1/stores/" + store + "/live?after=0")
                .putHeader("Authorization", "Bearer " + subject.token());
        for (int stream = 0; stream < count; stream++) {
            follow(options, stream);
        }
        await("streams were opened", () -> opened.get() == count);
    }

    private void follow(RequestOptions options, int stream) {
        http.request(options)
                .compose(request -> request.send())
                .onFailure(failure::set)
                .onSuccess(answer -> {
                    if (answer.statusCode() != 200) {
                        failure.set(new BenchFailed("a stream was refused: " + answer.statusCode()));
                        return;
                    }
                    answer.handler(RecordParser.newDelimited("\n", line -> line(stream, line)));
                    answer.exceptionHandler(failure::set);
                });
    }

    private void line(int stream, Buffer line) {
        long now = System.nanoTime();
        String text = line.toString();
        if (text.startsWith("event:") && text.endsWith("opened")) {
            opened.incrementAndGet();
        }
        int at = text.indexOf(WRITTEN);
        if (at >= 0) {
            int from = at + WRITTEN.length();
            latencies.recordValue(now - Long.parseLong(text, from, text.indexOf(',', from), 10));
            seen[stream]++;
        }
    }

    void forget() {
        latencies = new Histogram(3);
    }

    Histogram latencies() {
        return latencies;
    }

    void awaitEach(int events) {
        await("every stream got every event", () -> {
            for (int count : seen) {
                if (count > events) {
                    throw new BenchFailed("a stream got an event twice");
                }
                if (count < events) {
                    return false;
                }
            }
            return true;
        });
    }

    private interface Condition {
        boolean holds();
    }

    private void await(String what, Condition condition) {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (!condition.holds()) {
            var cause = failure.get();
            if (cause != null) {
                throw new BenchFailed("a stream failed: " + cause.getMessage(), cause);
            }
            if (System.nanoTime() > end) {
                throw new BenchFailed("not within two minutes: " + what);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(5);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new BenchFailed("interrupted");
            }
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
