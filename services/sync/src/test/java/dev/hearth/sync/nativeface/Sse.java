package dev.hearth.sync.nativeface;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A client of server-sent events that notes what comes, as the HTML standard reads it.
final class Sse implements AutoCloseable {
    record Message(@Nullable String id, @Nullable String name, String data) {}

    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpResponse<java.io.InputStream> response;
    private final List<Message> messages = new CopyOnWriteArrayList<>();
    private final List<String> comments = new CopyOnWriteArrayList<>();
    private volatile boolean ended;

    Sse(String address, String token, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(URI.create(address))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "text/event-stream");
        headers.forEach(request::header);
        try {
            response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
        Thread.startVirtualThread(this::listen);
    }

    int status() {
        return response.statusCode();
    }

    String contentType() {
        return response.headers().firstValue("Content-Type").orElse("");
    }

    List<Message> messages() {
        return List.copyOf(messages);
    }

    List<String> comments() {
        return List.copyOf(comments);
    }

    boolean ended() {
        return ended;
    }

    List<String> ids() {
        return messages.stream()
                .filter(message -> "event".equals(message.name()))
                .map(message -> String.valueOf(message.id()))
                .toList();
    }

    List<String> names() {
        return messages.stream().map(message -> String.valueOf(message.name())).toList();
    }

    private void listen() {
        try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            String id = null;
            String name = null;
            var data = new ArrayList<String>();
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    if (!data.isEmpty()) {
                        messages.add(new Message(id, name, String.join("\n", data)));
                    }
                    id = null;
                    name = null;
                    data.clear();
                } else if (line.startsWith(":")) {
                    comments.add(line);
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data.add(line.substring(6));
                }
            }
        } catch (IOException closed) {
            // It ends either way.
        } finally {
            ended = true;
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
