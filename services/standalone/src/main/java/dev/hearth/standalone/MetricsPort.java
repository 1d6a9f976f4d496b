package dev.hearth.standalone;

import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// In one program: the metrics, on a port that only this machine reaches. The origin does not tell them.
// Deprecated is the registry with Prometheus' older client, which is the one that Quarkus has.
@SuppressWarnings("deprecation")
@ApplicationScoped
final class MetricsPort {
    private static final String PATH = "/q/metrics";

    private final Vertx vertx;
    private final PrometheusMeterRegistry metrics;
    private final OptionalInt port;
    private Optional<HttpServer> server = Optional.empty();

    MetricsPort(
            Vertx vertx,
            PrometheusMeterRegistry metrics,
            @ConfigProperty(name = "hearth.metrics.port") OptionalInt port) {
        this.vertx = vertx;
        this.metrics = metrics;
        this.port = port;
    }

    void open(@Observes StartupEvent event) {
        port.ifPresent(number -> server = Optional.of(vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(number, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()));
    }

    void close(@Observes ShutdownEvent event) {
        server.ifPresent(HttpServer::close);
    }

    private void answer(HttpServerRequest request) {
        if (!PATH.equals(request.path())) {
            Paths.refuse(request);
            return;
        }
        vertx.executeBlocking(() -> metrics.scrape(), false)
                .onSuccess(text -> request.response()
                        .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                        .end(text))
                .onFailure(_ -> request.response().setStatusCode(500).end());
    }
}
