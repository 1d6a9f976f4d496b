package dev.hearth.standalone;

import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// What the origin lets through. Written down as what is allowed, so that a new path inside is closed until it is
/// named.
final class Paths {
    private static final String NOT_FOUND =
            "{\"type\":\"/problems/not-found\",\"status\":404,\"title\":\"There is nothing here\","
                    + "\"detail\":\"No resource has this address.\"}";

    private Paths() {}

    static boolean within(String path, String prefix) {
        return path.equals(prefix) || path.startsWith(prefix + "/");
    }

    /// Keycloak's part of the origin: our realm and the pages' resources. Its console, its other realm and its metrics
    /// are
    /// reached on its own port alone.
    static boolean identity(String path) {
        boolean allowed = within(path, "/identity/realms/hearth")
                || within(path, "/identity/resources")
                || path.equals("/identity/robots.txt");
        return allowed && plain(path) && !path.toLowerCase(Locale.ROOT).contains("%2f");
    }

    /// What only the services themselves may call, and the figures, which tell how a house lives.
    static boolean internal(String path) {
        return closed(path) || !plain(path) || hidden(path);
    }

    private static boolean closed(String path) {
        return within(path, "/internal") || within(path, "/q/metrics");
    }

    /// A letter written as a code is the same letter behind, though not to us. What cannot be read is not let through.
    private static boolean hidden(String path) {
        if (path.indexOf('%') < 0) {
            return false;
        }
        try {
            return closed(URLDecoder.decode(path, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException broken) {
            return true;
        }
    }

    /// Whether a path says plainly what it means; what has detours or hidden separators could mean something else
    /// behind.
    static boolean plain(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        return !path.contains("//")
                && !path.contains("/../")
                && !path.endsWith("/..")
                && !path.contains("/./")
                && !path.endsWith("/.")
                && !path.contains("\\")
                && !path.contains(";")
                && !lower.contains("%2e")
                && !lower.contains("%5c");
    }

    static void refuse(HttpServerRequest request) {
        request.response()
                .setStatusCode(404)
                .putHeader("Content-Type", "application/problem+json")
                .end(NOT_FOUND);
    }
}
