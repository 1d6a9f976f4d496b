package dev.hearth.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.testkit.ServiceProcess;
import dev.hearth.testkit.TestTokens;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Whoever waits for events does not hold up a service that is to end, and goes on at the next one where it was.
@Timeout(180)
class StoppedSyncIT {
    @TempDir
    Path folder;

    private final String token = "Bearer " + TestTokens.user(UUID.randomUUID());
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void streams_of_each_kind_end_with_their_service_and_go_on_at_the_next() throws Exception {
        try (var eventStore = service("event-store", Map.of());
                // Far longer than the service may take to end.
                var sync = service(
                        "sync",
                        Map.of("hearth.event-store.url", eventStore.url(), "quarkus.shutdown.timeout", "10m"))) {
            eventStore.awaitReady();
            sync.awaitReady();
            var stores = sync.url() + "/api/v1/stores";
            var store = stores + "/" + new JsonObject(post(stores, "{\"name\":\"todo\"}")).getString("id");
            post(store + "/events", "{\"events\":[{\"id\":\"one\",\"type\":\"noted\",\"data\":1}]}");
            var socket = new Socket(sync.url());
            socket.pull("{\"_tag\":\"None\"}");
            var backend = socket.page().getString("backendId");
            socket.push(1);
            assertThat(numbers(socket.page())).isEqualTo("[1]");
            new Socket(sync.url()).abort();
            var poll = http.sendAsync(get(store + "/events?after=1&wait=30", "0"), BodyHandlers.ofString());
            var stream = follow(store, "0");
            awaitId(stream, "1");

            sync.stop(Duration.ofSeconds(60));

            assertThat(stream).toIterable().noneMatch(line -> line.startsWith("event: "));
            assertThat(new JsonObject(poll.join().body()).getInteger("next")).isEqualTo(1);
            assertThat(socket.closed.join()).isEqualTo(1012);

            sync.start();
            sync.awaitReady();
            var again = http.sendAsync(get(store + "/events?after=1&wait=30", "0"), BodyHandlers.ofString());
            post(store + "/events", "{\"events\":[{\"id\":\"two\",\"type\":\"noted\",\"data\":2}]}");
            awaitId(follow(store, "1"), "2");
            assertThat(new JsonObject(again.join().body()).getInteger("next")).isEqualTo(2);
            var next = new Socket(sync.url());
            next.pull("{\"_tag\":\"Some\",\"value\":{\"backendId\":\"" + backend + "\",\"eventSequenceNumber\":1}}");
            assertThat(numbers(next.page())).isEqualTo("[]");
            next.push(2);
            assertThat(numbers(next.page())).isEqualTo("[2]");
        }
    }

    private static String numbers(JsonObject page) {
        return page.getJsonArray("batch").stream()
                .map(event -> ((JsonObject) event).getJsonObject("eventEncoded").getInteger("seqNum"))
                .toList()
                .toString();
    }

    private ServiceProcess service(String name, Map<String, String> settings) throws IOException {
        var jar = Path.of("..", name, "target", "quarkus-app", "quarkus-run.jar");
        return new ServiceProcess(jar, Files.createTempDirectory(folder, name), settings);
    }

    private String post(String url, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        var response = http.send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 201);
        return response.body();
    }

    private HttpRequest get(String url, String lastId) {
        return HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", token)
                .header("Last-Event-ID", lastId)
                .build();
    }

    private Iterator<String> follow(String store, String lastId) throws IOException, InterruptedException {
        HttpResponse<java.util.stream.Stream<String>> response =
                http.send(get(store + "/live", lastId), BodyHandlers.ofLines());
        return response.body().iterator();
    }

    private static void awaitId(Iterator<String> stream, String id) {
        while (!stream.next().equals("id: " + id)) {
            assertThat(stream).hasNext();
        }
        // The rest of that event.
        while (!stream.next().isEmpty()) {
            assertThat(stream).hasNext();
        }
    }

    /// As much of LiveStore's client as it takes to pull.
    private final class Socket implements WebSocket.Listener {
        private final BlockingQueue<JsonObject> messages = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder partial = new StringBuilder();
        private final WebSocket socket;

        Socket(String url) {
            socket = http.newWebSocketBuilder()
                    .header("Authorization", token)
                    .buildAsync(URI.create(url.replace("http", "ws") + "/faces/livestore?storeId=notes"), this)
                    .join();
        }

        void pull(String cursor) {
            send("Pull", "\"live\":true,\"cursor\":" + cursor);
        }

        void push(int number) {
            send(
                    "Push",
                    "\"batch\":[{\"name\":\"v1.Noted\",\"args\":{},\"seqNum\":" + number + ",\"parentSeqNum\":"
                            + (number - 1)
                            + ",\"clientId\":\"phone\",\"sessionId\":\"static\"}],\"backendId\":{\"_tag\":\"None\"}");
        }

        private void send(String procedure, String payload) {
            socket.sendText(
                            "{\"_tag\":\"Request\",\"id\":\"" + procedure + "\",\"tag\":\"SyncWsRpc." + procedure
                                    + "\",\"headers\":[],\"payload\":{\"storeId\":\"notes\"," + payload + "}}",
                            true)
                    .join();
        }

        /// What the pull gives next.
        JsonObject page() throws InterruptedException {
            while (true) {
                var message = messages.poll(30, TimeUnit.SECONDS);
                assertThat(message).isNotNull();
                if ("Chunk".equals(message.getString("_tag"))) {
                    return message.getJsonArray("values").getJsonObject(0);
                }
            }
        }

        void abort() {
            socket.abort();
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                messages.add(new JsonObject(partial.toString()));
                partial.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(code);
            return CompletableFuture.completedStage(null);
        }
    }
}
