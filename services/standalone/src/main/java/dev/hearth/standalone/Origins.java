package dev.hearth.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/// Asks an origin whether everything behind it answers.
final class Origins {
    private static final Duration LATEST = Duration.ofMinutes(3);

    private Origins() {}

    static boolean isReady(URI origin, DataFolder data) {
        try (var client = LocalHttp.to(data).build()) {
            return answers(client, origin, "/q/health/ready") && answers(client, origin, "/identity/realms/hearth");
        }
    }

    static void awaitReady(Settings settings) {
        awaitReady(settings.local(), settings.data());
    }

    static void awaitReady(URI origin, DataFolder data) {
        Instant latest = Instant.now().plus(LATEST);
        while (!isReady(origin, data)) {
            if (Instant.now().isAfter(latest)) {
                throw new Refusal("Not everything became ready; see " + data.logs());
            }
            try {
                TimeUnit.MILLISECONDS.sleep(100);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new Refusal("Interrupted.");
            }
        }
    }

    private static boolean answers(HttpClient client, URI origin, String path) {
        var request = HttpRequest.newBuilder(URI.create(origin + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException away) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
