package dev.hearth.sync.livestore;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Sends what LiveStore's client sends, frame by frame, and whatever else a test wants to send.
final class WireClient implements WebSocket.Listener {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI url;
    private final String store;
    private final BlockingQueue<JsonObject> messages = new LinkedBlockingQueue<>();
    private final Deque<JsonObject> aside = new ArrayDeque<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private @Nullable WebSocket socket;
    private @Nullable String traceparent;
    private int lastStatus;

    WireClient(URI url, String store, String token) {
        var payload = encoded(encoded("{\"authToken\":\"" + token + "\"}"));
        this.url = URI.create(url + "?storeId=" + encoded(store) + "&payload=" + payload);
        this.store = store;
    }

    /// Whatever it asks from now on, it asks under this trace.
    void under(String given) {
        traceparent = given;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static String event(long number, long parent, @Nullable String args) {
        return eventOf("client-1", number, parent, args);
    }

    static String eventOf(String client, long number, long parent, @Nullable String args) {
        var arguments = args == null ? "" : "\"args\":" + args + ",";
        return "{\"name\":\"v1.Done\"," + arguments + "\"seqNum\":" + number + ",\"parentSeqNum\":" + parent
                + ",\"clientId\":\"" + client + "\",\"sessionId\":\"static\"}";
    }

    static String pullRequest(String id, String store, @Nullable String cursor) {
        var after = cursor == null ? "{\"_tag\":\"None\"}" : "{\"_tag\":\"Some\",\"value\":" + cursor + "}";
        return "{\"_tag\":\"Request\",\"id\":\"" + id + "\",\"tag\":\"SyncWsRpc.Pull\",\"payload\":{\"storeId\":\""
                + store + "\",\"live\":true,\"cursor\":" + after + "},\"traceId\":\"t\",\"headers\":[]}";
    }

    static String pushRequest(String id, String store, String... events) {
        return "{\"_tag\":\"Request\",\"id\":\"" + id + "\",\"tag\":\"SyncWsRpc.Push\",\"payload\":{\"storeId\":\""
                + store + "\",\"batch\":[" + String.join(",", events)
                + "],\"backendId\":{\"_tag\":\"None\"}},\"headers\":[]}";
    }

    /// One RPC over HTTP; the answer's Exit.
    JsonObject call(String tag, JsonObject payload) {
        return exit(callRaw(tag, payload.encode()));
    }

    private String callRaw(String tag, String payload) {
        return post("{\"traceId\":\"x\",\"_tag\":\"Request\",\"id\":\"3\",\"payload\":" + payload + ",\"tag\":\"" + tag
                        + "\",\"headers\":[]}")
                .body();
    }

    private static JsonObject exit(String answer) {
        var messages = new JsonArray(answer);
        var exit = messages.getJsonObject(messages.size() - 1);
        assertThat(exit.getString("_tag")).isEqualTo("Exit");
        assertThat(exit.getString("requestId")).isEqualTo("3");
        return exit;
    }

    /// How a push ended: `Success` or the tag of its error.
    String push(String... events) {
        return pushRaw("[" + String.join(",", events) + "]");
    }

    String pushRaw(String batch) {
        return ending(callRaw(
                "SyncHttpRpc.Push",
                "{\"storeId\":\"" + store + "\",\"batch\":" + batch + ",\"backendId\":{\"_tag\":\"None\"}}"));
    }

    String pushTo(String backend, String... events) {
        return ending(callRaw(
                "SyncHttpRpc.Push",
                "{\"storeId\":\"" + store + "\",\"batch\":[" + String.join(",", events)
                        + "],\"backendId\":{\"_tag\":\"Some\",\"value\":\"" + backend + "\"}}"));
    }

    private static String ending(String answer) {
        var exit = exit(answer).getJsonObject("exit");
        return exit.getString("_tag").equals("Success")
                ? "Success"
                : exit.getJsonObject("cause").getJsonObject("error").getString("_tag");
    }

    /// The pages after the event of that number.
    List<JsonObject> pull(long after) {
        return pages(rawPull(after));
    }

    String rawPull(long after) {
        if (after == 0) {
            return pullFrom("{\"_tag\":\"None\"}");
        }
        var backend = pages(rawPull(0)).getFirst().getString("backendId");
        return pullFrom(cursor(backend, after));
    }

    String pullFrom(String backend, long after) {
        return ending(pullFrom(cursor(backend, after)));
    }

    private String pullFrom(String cursor) {
        return callRaw("SyncHttpRpc.Pull", "{\"storeId\":\"" + store + "\",\"cursor\":" + cursor + "}");
    }

    private static String cursor(String backend, long after) {
        return "{\"_tag\":\"Some\",\"value\":{\"backendId\":\"" + backend + "\",\"eventSequenceNumber\":" + after
                + "}}";
    }

    private static List<JsonObject> pages(String answer) {
        return new JsonArray(answer)
                .stream()
                        .map(JsonObject.class::cast)
                        .filter(message -> message.getString("_tag").equals("Chunk"))
                        .map(chunk -> chunk.getJsonArray("values").getJsonObject(0))
                        .toList();
    }

    List<Integer> numbers(long after) {
        return pull(after).stream().flatMap(page -> numbersOf(page).stream()).toList();
    }

    static List<Integer> numbersOf(JsonObject page) {
        return page.getJsonArray("batch").stream()
                .map(JsonObject.class::cast)
                .map(event -> event.getJsonObject("eventEncoded").getInteger("seqNum"))
                .toList();
    }

    HttpResponse<String> post(String body) {
        return exchange(HttpRequest.newBuilder(url)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> get() {
        return exchange(HttpRequest.newBuilder(url));
    }

    private HttpResponse<String> exchange(HttpRequest.Builder request) {
        if (traceparent != null) {
            request.header("traceparent", traceparent);
        }
        try {
            var response = http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
            lastStatus = response.statusCode();
            return response;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    int lastStatus() {
        return lastStatus;
    }

    void open() {
        var opening = http.newWebSocketBuilder().connectTimeout(PATIENCE);
        if (traceparent != null) {
            opening.header("traceparent", traceparent);
        }
        try {
            socket = opening.buildAsync(URI.create(url.toString().replaceFirst("^http", "ws") + "&transport=ws"), this)
                    .join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof WebSocketHandshakeException refused
                    ? new IllegalStateException(
                            "refused with " + refused.getResponse().statusCode(), refused)
                    : failure;
        }
    }

    void send(String frame) {
        open(socket).sendText(frame, true).join();
    }

    private static WebSocket open(@Nullable WebSocket socket) {
        if (socket == null) {
            throw new IllegalStateException("not connected");
        }
        return socket;
    }

    /// The next message of those that nobody asked for yet.
    JsonObject next() {
        return aside.isEmpty() ? arrived() : aside.removeFirst();
    }

    private JsonObject arrived() {
        try {
            var message = messages.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(message).as("a message within %s", PATIENCE).isNotNull();
            return message;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /// The next page of that pull, acknowledged; other messages are put aside, in their order.
    JsonObject nextChunk(String id) {
        var page = nextChunkUnacknowledged(id);
        acknowledge(id);
        return page;
    }

    JsonObject nextChunkUnacknowledged(String id) {
        return next("Chunk", id).getJsonArray("values").getJsonObject(0);
    }

    void acknowledge(String id) {
        send("{\"_tag\":\"Ack\",\"requestId\":\"" + id + "\"}");
    }

    JsonObject nextExit(String id) {
        return next("Exit", id);
    }

    private JsonObject next(String tag, String id) {
        for (var message : aside) {
            if (is(message, tag, id)) {
                aside.remove(message);
                return message;
            }
        }
        while (true) {
            var message = arrived();
            if (is(message, tag, id)) {
                return message;
            }
            aside.add(message);
        }
    }

    private static boolean is(JsonObject message, String tag, String id) {
        return tag.equals(message.getString("_tag")) && id.equals(message.getString("requestId"));
    }

    boolean isClosed() {
        return closed.isDone();
    }

    int closeCode() {
        return closed.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    void close() {
        if (socket != null) {
            socket.abort();
        }
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
