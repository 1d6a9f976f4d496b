package dev.hearth.standalone.sweep;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The ways into the program, looked for where they are made, and not where they are described.
final class Doors {
    /// What handles requests that no API page tells of, and why that is right.
    static final Map<String, String> HANDLERS = Map.ofEntries(
            Map.entry("dev.hearth.problems.TraceIds", "names the request, and lets it pass"),
            Map.entry("dev.hearth.problems.BodyLimit", "refuses, or lets pass"),
            Map.entry("dev.hearth.problems.LastRoutes", "says that nothing is here"),
            Map.entry("dev.hearth.caller.EmptyBearer", "refuses, or lets pass"),
            Map.entry("dev.hearth.standalone.IdentityRoute", "to Keycloak, as far as `Paths` allows; see CLOSED"),
            Map.entry("dev.hearth.standalone.WebRoute", "the page, whose files are no secret"),
            Map.entry("/faces/livestore dev.hearth.sync.livestore.LiveStoreFace", "walked by `Faces`"),
            Map.entry("io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder", "the endpoints"),
            Map.entry(
                    "io.quarkus.resteasy.reactive.server.runtime.observability.ObservabilityIntegrationRecorder",
                    "names the endpoint for the metrics"),
            Map.entry("io.quarkus.vertx.http.runtime.cors.CORSFilter", "refuses, or lets pass"),
            Map.entry("io.quarkus.vertx.http.runtime.security.HttpSecurityRecorder", "who calls"),
            Map.entry("io.quarkus.oidc.runtime.ResourceMetadataHandler", "is off: see CLOSED"),
            Map.entry("io.quarkus.oidc.runtime.BackChannelLogoutHandler", "is off: see CLOSED"),
            Map.entry("io.quarkus.vertx.http.runtime.options.HttpServerCommonHandlers", "the limit of bodies"),
            Map.entry("io.quarkus.vertx.http.runtime.VertxHttpRecorder", "resumes what was paused"),
            Map.entry("io.quarkus.vertx.http.runtime.QuarkusErrorHandler", "what failed"),
            Map.entry("/q/", "health and the API pages; see PUBLIC and CLOSED"),
            Map.entry("/", "mounts the routers in each other"));

    /// What anybody may ask for that is on no API page, and why.
    static final Map<String, String> PUBLIC = Map.of(
            "/q/openapi", "the API pages themselves",
            "/q/health", "up or down, for who watches it",
            "/q/health/live", "the same",
            "/q/health/ready", "the same",
            "/q/health/started", "the same",
            "/", "the page that people sign in at",
            "/identity/realms/hearth/.well-known/openid-configuration", "where apps learn how to sign in");

    /// What there is behind the origin and not on it.
    static final Set<String> CLOSED = Set.of(
            "/q/metrics",
            "/q/metrics/",
            "/.well-known/oauth-protected-resource",
            "/back-channel-logout",
            "/q/dev-ui",
            "/q/arc",
            "/internal",
            "/internal/log/list",
            "/identity",
            "/identity/",
            "/identity/admin",
            "/identity/admin/realms/hearth/users",
            "/identity/realms/master",
            "/identity/realms/master/protocol/openid-connect/token",
            "/identity/realms/hearth2",
            "/identity/realms/hearth/..%2fmaster",
            "/identity/realms/hearth/%2e%2e/master",
            "/identity/realms/hearth/;/../master",
            "/identity/metrics",
            "/identity/health",
            "/identity/q/metrics",
            "//internal/log/list",
            "/%69nternal/log/list");

    private static final Pattern HANDLER = Pattern.compile("(?:dev\\.hearth|io\\.quarkus|io\\.vertx)\\.[A-Za-z0-9_.]+");
    private static final String LISTENING = "0A";

    private final JavaClasses hearth =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("dev.hearth");

    /// As keys of operations: every method of a resource, whether a page tells of it or not.
    Set<String> endpoints() {
        return hearth.stream()
                .filter(type -> type.isAnnotatedWith(Path.class))
                .flatMap(type -> type.getMethods().stream().flatMap(method -> endpoint(type, method).stream()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Optional<String> endpoint(JavaClass type, JavaMethod method) {
        return method.getAnnotations().stream()
                .map(annotation -> annotation.getRawType())
                .filter(annotation -> annotation.isMetaAnnotatedWith(HttpMethod.class))
                .findFirst()
                .map(verb -> verb.getSimpleName() + " " + path(type.getAnnotationOfType(Path.class))
                        + method.tryGetAnnotationOfType(Path.class)
                                .map(Doors::path)
                                .orElse(""));
    }

    private static String path(Path path) {
        var text = path.value().replaceAll("/+$", "");
        return text.isEmpty() || text.startsWith("/") ? text : "/" + text;
    }

    /// Which classes make WebSockets of requests.
    Set<String> webSockets() {
        return hearth.stream()
                .filter(type -> type.getMethodCallsFromSelf().stream()
                        .anyMatch(call -> call.getTargetOwner().isAssignableTo(HttpServerRequest.class)
                                && call.getName().equals("toWebSocket")))
                .map(JavaClass::getFullName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// The path of a route, if it has one, and what handles it.
    static String handled(Route route) {
        var handlers = HANDLER.matcher(route.toString())
                .results()
                .map(found -> found.group())
                .filter(name -> !name.startsWith("io.vertx.ext.web.impl.Route"))
                .distinct()
                .collect(Collectors.joining(" "));
        return ((route.getPath() == null ? "" : route.getPath() + " ") + handlers).strip();
    }

    /// Ports at which this process listens.
    static Set<Integer> listening() {
        try {
            return listening(own());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Set<String> own() throws IOException {
        var own = new TreeSet<String>();
        try (Stream<java.nio.file.Path> open = Files.list(java.nio.file.Path.of("/proc/self/fd"))) {
            open.forEach(file -> {
                try {
                    own.add(Files.readSymbolicLink(file).toString());
                } catch (IOException closedMeanwhile) {
                    // No socket that stays.
                }
            });
        }
        return own;
    }

    private static Set<Integer> listening(Set<String> own) throws IOException {
        var ports = new TreeSet<Integer>();
        for (String table : new String[] {"/proc/self/net/tcp", "/proc/self/net/tcp6"}) {
            for (String line : Files.readAllLines(java.nio.file.Path.of(table))) {
                var fields = line.strip().split("\\s+");
                if (fields[3].equals(LISTENING) && own.contains("socket:[" + fields[9] + "]")) {
                    ports.add(Integer.parseInt(fields[1].substring(fields[1].indexOf(':') + 1), 16));
                }
            }
        }
        return ports;
    }
}
