package dev.hearth.standalone.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Clients that each send one request after the other over a connection of their own, all in one thread, so that the
/// machine's other core is left to what is measured.
final class Load implements AutoCloseable {
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final Duration COMPILING = Duration.ofSeconds(Long.getLong("hearth.bench.warm-up", 45));
    private static final Duration MEASURED = Duration.ofSeconds(5);

    /// @param perSecond requests answered in a second
    record Result(double perSecond, Histogram latencies) {}

    /// One POST.
    record Post(String path, String body) {}

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(false));
    private final HttpClient http;
    private final RequestOptions to;
    private final String authorization;

    Load(Subject subject, int connections) {
        http = vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(true).setTcpNoDelay(true),
                new PoolOptions().setHttp1MaxSize(connections));
        to = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setIdleTimeout(60_000)
                .setHost(subject.origin().getHost())
                .setPort(subject.origin().getPort());
        authorization = "Bearer " + subject.token();
    }

    /// Warms up, then measures.
    Result run(int clients, IntFunction<Post> next) {
        round(clients, next, WARM_UP);
        return round(clients, next, MEASURED);
    }

    /// Until the server has compiled what it needs, as one that has run for a while.
    void warmUp(int clients, IntFunction<Post> next) {
        round(clients, next, COMPILING);
    }

    private Result round(int clients, IntFunction<Post> next, Duration time) {
        var round = new Round(clients, next, System.nanoTime() + time.toNanos());
        long started = System.nanoTime();
        for (int client = 0; client < clients; client++) {
            int number = client;
            vertx.runOnContext(_ -> round.go(number));
        }
        round.await();
        double seconds = (System.nanoTime() - started) / 1e9;
        return new Result(round.latencies.getTotalCount() / seconds, round.latencies);
    }

    /// Sends one and waits for its answer.
    void sendOne(Post post) {
        var answered = new CompletableFuture<Buffer>();
        vertx.runOnContext(_ -> send(post).onComplete(answered::complete, answered::completeExceptionally));
        try {
            answered.get(1, TimeUnit.MINUTES);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BenchFailed("interrupted");
        } catch (ExecutionException | TimeoutException failure) {
            throw new BenchFailed("a request failed: " + failure, failure);
        }
    }

    /// Only on the event loop: an answer's body is lost to whoever asks for it later than that.
    private Future<Buffer> send(Post post) {
        return http.request(new RequestOptions(to).setURI(post.path()))
                .compose(request -> request.putHeader("Authorization", authorization)
                        .putHeader("Content-Type", "application/json")
                        .send(Buffer.buffer(post.body())))
                .compose(answer -> answer.body().map(body -> {
                    if (answer.statusCode() / 100 != 2) {
                        throw new BenchFailed(post.path() + " answered " + answer.statusCode() + " " + body);
                    }
                    return body;
                }));
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /// Only the event loop is in here, but for the end.
    private final class Round {
        private final IntFunction<Post> next;
        private final long end;
        private final CountDownLatch running;
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        private final Histogram latencies = new Histogram(3);

        Round(int clients, IntFunction<Post> next, long end) {
            this.next = next;
            this.end = end;
            this.running = new CountDownLatch(clients);
        }

        void go(int client) {
            long sent = System.nanoTime();
            if (sent >= end || failure.get() != null) {
                running.countDown();
                return;
            }
            send(next.apply(client)).onComplete(answer -> {
                if (answer.failed()) {
                    failure.set(answer.cause());
                } else {
                    latencies.recordValue(System.nanoTime() - sent);
                }
                go(client);
            });
        }

        void await() {
            try {
                if (!running.await(2, TimeUnit.MINUTES)) {
                    throw new BenchFailed("some requests were never answered");
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new BenchFailed("interrupted");
            }
            var cause = failure.get();
            if (cause != null) {
                throw new BenchFailed("a request failed: " + cause.getMessage(), cause);
            }
        }
    }
}
