package dev.hearth.standalone.sweep;

import dev.hearth.testkit.sweep.Ask;
import dev.hearth.testkit.sweep.Refusals;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What is on the origin and on no API page: LiveStore's face, by calls and by WebSocket.
final class Faces {
    static final String PATH = "/faces/livestore";

    private final Scene scene;
    private final URI url;
    final List<String> faults = new ArrayList<>();
    int tries;

    Faces(Scene scene, URI url) {
        this.scene = scene;
        this.url = url;
    }

    static Ask pull(String store) {
        return call(store, "SyncHttpRpc.Pull", "{\"storeId\":\"" + store + "\",\"cursor\":{\"_tag\":\"None\"}}");
    }

    static Ask push(String store, String secret) {
        return call(
                store,
                "SyncHttpRpc.Push",
                "{\"storeId\":\"" + store + "\",\"batch\":[{\"name\":\"v1.Noted\",\"args\":{\"text\":\"" + secret
                        + "\"},\"seqNum\":1,\"parentSeqNum\":0,\"clientId\":\"sweep\",\"sessionId\":\"static\"}],"
                        + "\"backendId\":{\"_tag\":\"None\"}}");
    }

    private static Ask call(String store, String tag, String payload) {
        return Ask.of("POST", PATH + "?storeId=" + store + "&transport=http")
                .withJson("{\"_tag\":\"Request\",\"id\":\"1\",\"tag\":\"" + tag + "\",\"payload\":" + payload
                        + ",\"headers\":[]}");
    }

    /// A request to become a WebSocket.
    static Ask upgrade(String store) {
        return Ask.of("GET", PATH + "?storeId=" + store + "&transport=ws")
                .with("Upgrade", "websocket")
                .with("Connection", "Upgrade")
                .with("Sec-WebSocket-Version", "13")
                .with("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
    }

    /// The same, with a token where LiveStore's client puts it.
    static Ask upgrade(String store, String token) {
        var payload = encoded(encoded("{\"authToken\":\"" + token + "\"}"));
        var plain = upgrade(store);
        return new Ask("GET", plain.target() + "&payload=" + payload, plain.headers(), new byte[0]);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    void sweep() {
        var store = scene.victim.ids.get(Id.FACE_STORE);
        for (Identity identity : Identity.values()) {
            for (Ask ask : List.of(pull(store), push(store, "another's"))) {
                var answer = scene.wire.send(identity.as(scene, ask));
                tries++;
                look(identity + " " + ask.method(), answer.all(), identity == Identity.NARROW_TOKEN ? store : "");
                boolean refused = answer.status() == 401 && answer.body().contains("Failure");
                if (identity.isOut() != refused) {
                    faults.add(identity + " calls the face: " + answer);
                }
            }
            upgrade(identity, store);
        }
    }

    private void upgrade(Identity identity, String store) {
        var ask = identity.as(scene, upgrade(store));
        var answer = scene.wire.send(ask);
        tries++;
        if (identity.isOut()) {
            Refusals.faults(ask, answer).forEach(fault -> faults.add(identity + " upgrades: " + answer + " " + fault));
            if (answer.status() != 401) {
                faults.add(identity + " upgrades: " + answer);
            }
        } else {
            look(identity + " WebSocket", said(identity, store), store);
        }
    }

    private void look(String who, String text, String sent) {
        scene.marks().stream()
                .filter(mark -> !mark.equals(sent) && text.contains(mark))
                .forEach(mark -> faults.add(who + " learns " + mark + " from the face"));
    }

    /// What somebody who is let in is told who pulls the victim's store by its name.
    String said(Identity identity, String store) {
        var authorization = identity.as(scene, Ask.of("GET", "/")).headers().stream()
                .filter(header -> header.getKey().equals("Authorization"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
        return said("Authorization", authorization, store);
    }

    String said(String header, String value, String store) {
        var heard = new Heard();
        try (var client = HttpClient.newHttpClient()) {
            var socket = client.newWebSocketBuilder()
                    .header(header, value)
                    .buildAsync(
                            URI.create("ws://" + url.getHost() + ":" + url.getPort()
                                    + upgrade(store).target()),
                            heard)
                    .join();
            socket.sendText(
                            "{\"_tag\":\"Request\",\"id\":\"1\",\"tag\":\"SyncWsRpc.Pull\",\"payload\":{\"storeId\":\""
                                    + store
                                    + "\",\"live\":false,\"cursor\":{\"_tag\":\"None\"}},\"traceId\":\"t\",\"headers\":[]}",
                            true)
                    .join();
            heard.end();
            socket.abort();
        }
        return heard.text.toString();
    }

    private static final class Heard implements WebSocket.Listener {
        private final StringBuffer text = new StringBuffer();
        private final CompletableFuture<Boolean> ended = new CompletableFuture<>();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            text.append(part);
            if (last && (text.indexOf("\"NoMore\"") >= 0 || text.indexOf("\"Exit\"") >= 0)) {
                ended.complete(true);
            }
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            ended.complete(true);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void onError(WebSocket socket, Throwable failure) {
            ended.complete(true);
        }

        void end() {
            try {
                ended.get(10, TimeUnit.SECONDS);
            } catch (TimeoutException saidAll) {
                text.append(" (no end)");
            } catch (Exception failure) {
                throw new AssertionError(failure);
            }
        }
    }
}
