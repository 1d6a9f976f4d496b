package dev.hearth.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hearth.testkit.ServiceProcess;
import dev.hearth.testkit.TestTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An event-store and two sync services, each a process: whoever follows a store through either gets every event once
/// and in order, wherever it was written and whichever of the two dies.
class TwoSyncProcessesIT {
    private static final int WRITERS = 4;
    private static final int EVENTS_EACH = 100;
    private static final long ALL = (long) WRITERS * EVENTS_EACH;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    private final String token = "Bearer " + TestTokens.user(UUID.randomUUID());
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper json = new ObjectMapper();
    private final AtomicBoolean secondIsGone = new AtomicBoolean();

    @Test
    void nothing_falls_between_catch_up_and_live_though_one_process_is_killed() throws Exception {
        try (var eventStore = service("event-store", Map.of());
                var first = service("sync", Map.of("hearth.event-store.url", eventStore.url()));
                var second = service("sync", Map.of("hearth.event-store.url", eventStore.url()));
                var pool = Executors.newCachedThreadPool()) {
            eventStore.awaitReady();
            first.awaitReady();
            second.awaitReady();
            var store = openStore(first.url());
            var written = write(pool, first, second, store);
            List<Future<List<Long>>> followers = new ArrayList<>();
            for (int after : new int[] {0, 0, 0, 5, 50}) {
                followers.add(pool.submit(() -> follow(first.url(), first.url(), store, after)));
                followers.add(pool.submit(() -> follow(second.url(), first.url(), store, after)));
            }

            for (int writer = 0; writer < WRITERS / 2; writer++) {
                written.get(writer * 2 + 1).get();
            }
            secondIsGone.set(true);
            second.kill();

            for (Future<?> writer : written) {
                writer.get();
            }
            for (int place = 0; place < followers.size(); place++) {
                long after = new long[] {0, 0, 0, 5, 50}[place / 2];
                assertThat(followers.get(place).get())
                        .isEqualTo(
                                LongStream.rangeClosed(after + 1, ALL).boxed().toList());
            }
        }
    }

    private ServiceProcess service(String name, Map<String, String> settings) throws IOException {
        var jar = Path.of("..", name, "target", "quarkus-app", "quarkus-run.jar");
        return new ServiceProcess(jar, Files.createTempDirectory(folder, name), settings);
    }

    private String openStore(String url) {
        return exchange(url + "/api/v1/stores", "{\"name\":\"shared\"}")
                .get("id")
                .toString();
    }

    /// Even writers through the first process, odd ones through the second.
    private List<Future<?>> write(ExecutorService pool, ServiceProcess first, ServiceProcess second, String store) {
        List<Future<?>> written = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            int me = writer;
            var url = writer % 2 == 0 ? first.url() : second.url();
            written.add(pool.submit(() -> {
                for (int number = 0; number < EVENTS_EACH; number++) {
                    exchange(
                            url + "/api/v1/stores/" + store + "/events",
                            "{\"events\":[{\"id\":\"" + me + "-" + number + "\",\"type\":\"noted\",\"data\":{}}]}");
                }
            }));
        }
        return Collections.unmodifiableList(written);
    }

    private Map<?, ?> exchange(String url, String body) {
        try {
            var response = http.send(
                    HttpRequest.newBuilder(URI.create(url))
                            .header("Authorization", token)
                            .header("Content-Type", "application/json")
                            .timeout(PATIENCE)
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isBetween(200, 201);
            return json.readValue(response.body(), Map.class);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /// Follows until every event has come; a stream that breaks is taken up again, by its last id, at `next`.
    private List<Long> follow(String url, String next, String store, long after) {
        List<Long> got = new ArrayList<>();
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        var from = url;
        while (got.isEmpty() || got.getLast() < ALL) {
            assertThat(System.nanoTime()).as("%d events came", got.size()).isLessThan(giveUp);
            listen(from, store, got.isEmpty() ? after : got.getLast(), got);
            from = secondIsGone.get() ? next : url;
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        return got;
    }

    private void listen(String url, String store, long lastId, List<Long> got) {
        var request = HttpRequest.newBuilder(URI.create(url + "/api/v1/stores/" + store + "/live"))
                .header("Authorization", token)
                .header("Accept", "text/event-stream")
                .header("Last-Event-ID", Long.toString(lastId))
                .build();
        try (var lines = http.send(request, BodyHandlers.ofLines()).body()) {
            var each = lines.iterator();
            while (each.hasNext() && (got.isEmpty() || got.getLast() < ALL)) {
                var line = each.next();
                if (line.startsWith("id: ")) {
                    got.add(Long.valueOf(line.substring(4)));
                }
            }
        } catch (IOException | UncheckedIOException broken) {
            // Its process was killed: the next attempt goes on after the last id.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
