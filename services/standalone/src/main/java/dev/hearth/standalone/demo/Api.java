package dev.hearth.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Hearth's native API, as one person calls it.
final class Api {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Server server;
    private final Supplier<Optional<String>> token;
    private final HttpClient http;

    Api(Server server) {
        this(server, () -> Optional.of(server.token()));
    }

    /// As somebody who is not signed in.
    static Api withoutToken(Server server) {
        return new Api(server, Optional::empty);
    }

    private Api(Server server, Supplier<Optional<String>> token) {
        this.server = server;
        this.token = token;
        this.http = server.http()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(LIMIT)
                .build();
    }

    record Call(String method, String path, Map<String, ?> body) {
        static Call get(String path) {
            return new Call("GET", path, Map.of());
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    record Answer(int status, JsonNode body) {}

    JsonNode get(String path) {
        return demand(Call.get(path));
    }

    /// Fails unless the answer says that it was done.
    JsonNode demand(Call call) {
        var answer = ask(call);
        if (answer.status() / 100 != 2) {
            throw new DemoFailed(call + " was answered with " + answer.status());
        }
        return answer.body();
    }

    Answer ask(Call call) {
        return asked(call, () -> {
            var answer = http.send(request(call).timeout(LIMIT).build(), BodyHandlers.ofByteArray());
            return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
        });
    }

    /// A stream of server-sent events, open already: completes when the server ends it.
    CompletableFuture<Void> follow(String path) {
        var call = Call.get(path);
        return asked(call, () -> {
            BodyHandler<Stream<String>> lines = BodyHandlers.ofLines();
            var answer = http.send(request(call).build(), lines);
            if (answer.statusCode() != 200) {
                throw new DemoFailed(call + " was answered with " + answer.statusCode());
            }
            var end = new CompletableFuture<Void>();
            Thread.ofVirtual().start(() -> {
                try (var body = answer.body()) {
                    body.forEach(_ -> {});
                } finally {
                    end.complete(null);
                }
            });
            return end;
        });
    }

    private HttpRequest.Builder request(Call call) throws IOException {
        var request = HttpRequest.newBuilder(URI.create(server.origin() + call.path()));
        token.get().ifPresent(value -> request.header("Authorization", "Bearer " + value));
        return call.body().isEmpty()
                ? request.method(call.method(), BodyPublishers.noBody())
                : request.header("Content-Type", "application/json")
                        .method(call.method(), BodyPublishers.ofByteArray(JSON.writeValueAsBytes(call.body())));
    }

    private interface Asking<T> {
        T ask() throws IOException, InterruptedException;
    }

    private static <T> T asked(Call call, Asking<T> asking) {
        try {
            return asking.ask();
        } catch (IOException failure) {
            throw new DemoFailed(call + " failed", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DemoFailed("interrupted");
        }
    }
}
