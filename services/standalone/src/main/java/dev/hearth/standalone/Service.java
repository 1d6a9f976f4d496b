package dev.hearth.standalone;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The six services, and what each answers on the origin.
enum Service {
    AUTH(
            "/auth",
            "/problems",
            "/api/v1/account",
            "/api/v1/households",
            "/api/v1/invites",
            "/api/v1/tokens",
            "/api/v1/admin"),
    EVENT_STORE("/api/v1/commands"),
    PROJECTION(
            "/api/v1/today",
            "/api/v1/habits",
            "/api/v1/routines",
            "/api/v1/records",
            "/api/v1/goals",
            "/api/v1/search",
            "/api/v1/usage",
            "/api/v1/admin/views"),
    SYNC("/api/v1/stores", "/api/v1/sync", "/faces"),
    VAULT_METADATA("/api/v1/vault", "/api/v1/objects", "/api/v1/crypto-policies"),
    DEVICE_GATEWAY("/api/v1/devices");

    private final List<String> prefixes;

    Service(String... prefixes) {
        this.prefixes = List.of(prefixes);
    }

    /// The service that answers a path, if any does: the one with the longest prefix.
    static Optional<Service> answering(String path) {
        return Stream.of(values())
                .filter(service -> service.matching(path) > 0)
                .max(Comparator.comparingInt(service -> service.matching(path)));
    }

    private int matching(String path) {
        return prefixes.stream()
                .filter(prefix -> Paths.within(path, prefix))
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }

    /// Its module, its log, its schema: `event-store`.
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Its schema in Postgres, and the beginning of its roles' names.
    String schema() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Its program, where the build puts it.
    Path program(Path home) {
        return home.resolve("services").resolve(id()).resolve("target/quarkus-app/quarkus-run.jar");
    }
}
