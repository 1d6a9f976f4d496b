package dev.hearth.standalone;

import dev.hearth.embedded.KeycloakConfig;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.httpproxy.HttpProxy;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.X509ExtendedKeyManager;

/// With the services apart: the one address that people see, in front of the six and Keycloak. It hands on what comes
/// as it
/// comes, so that streams and WebSockets flow.
final class Origin implements AutoCloseable {
    private final Vertx vertx;
    private final HttpServer server;

    private Origin(Vertx vertx, HttpServer server) {
        this.vertx = vertx;
        this.server = server;
    }

    static Origin open(Settings settings, Ports ports, Optional<X509ExtendedKeyManager> key) {
        var vertx = Vertx.vertx();
        var routes = new Routes(vertx, settings, ports);
        var options = new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port())
                .setMaxWebSocketFrameSize(1 << 20);
        key.ifPresent(shown -> OriginTls.apply(shown, options));
        var server = vertx.createHttpServer(options).requestHandler(routes::pass);
        server.listen().toCompletionStage().toCompletableFuture().join();
        return new Origin(vertx, server);
    }

    @Override
    public void close() {
        server.close()
                .compose(_ -> vertx.close())
                .toCompletionStage()
                .toCompletableFuture()
                // Connections that do not end are not waited for: the services behind have to be stopped.
                .completeOnTimeout(null, 5, TimeUnit.SECONDS)
                .join();
    }

    private static final class Routes {
        private final Map<Service, HttpProxy> services = new EnumMap<>(Service.class);
        private final HttpProxy keycloak;
        private final Readiness readiness;
        private final Optional<String> strictTransport;
        private final WebPage page;

        Routes(Vertx vertx, Settings settings, Ports ports) {
            var client = vertx.createHttpClient(
                    new HttpClientOptions().setMaxPoolSize(1024).setKeepAliveTimeout(20));
            for (Service service : Service.values()) {
                var proxy = HttpProxy.reverseProxy(client).origin(ports.of(service.id()), "127.0.0.1");
                services.put(service, proxy.addInterceptor(new Forwarding(settings.publicUrl())));
            }
            var back = URI.create("http://127.0.0.1:" + ports.of("keycloak") + KeycloakConfig.PATH);
            keycloak = IdentityRoute.toKeycloak(vertx, back, settings.publicUrl());
            readiness = new Readiness(client, ports);
            strictTransport = StrictTransport.of(settings);
            page = WebPage.load(settings.publicUrl());
        }

        void pass(HttpServerRequest request) {
            strictTransport.ifPresent(promise -> request.response().putHeader(StrictTransport.HEADER, promise));
            String path = request.path();
            if (path == null || Paths.internal(path)) {
                Paths.refuse(request);
            } else if (Paths.within(path, "/identity")) {
                IdentityRoute.pass(keycloak, request);
            } else if (path.equals("/q/health/ready")) {
                readiness.answer(request);
            } else if (page.has(request)) {
                page.answer(request);
            } else {
                Service.answering(path)
                        .ifPresentOrElse(service -> services.get(service).handle(request), () -> Paths.refuse(request));
            }
        }
    }
}
