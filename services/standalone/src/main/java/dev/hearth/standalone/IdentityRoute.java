package dev.hearth.standalone;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.httpproxy.HttpProxy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// In one program: passes `/identity` on to Keycloak, and closes what is not for the origin.
@ApplicationScoped
final class IdentityRoute {
    /// Before every route of the services'.
    private static final int FIRST = -1000;

    private final Vertx vertx;
    private final URI keycloak;
    private final URI publicUrl;

    IdentityRoute(
            Vertx vertx,
            @ConfigProperty(name = "hearth.keycloak.url") URI keycloak,
            @ConfigProperty(name = "hearth.public-url") URI publicUrl) {
        this.vertx = vertx;
        this.keycloak = keycloak;
        this.publicUrl = publicUrl;
    }

    void install(@Observes Router router) {
        var proxy = toKeycloak(vertx, keycloak, publicUrl);
        router.route().order(FIRST).handler(context -> {
            String path = context.request().path();
            if (Paths.internal(path)) {
                Paths.refuse(context.request());
            } else if (Paths.within(path, "/identity")) {
                pass(proxy, context.request());
            } else {
                context.next();
            }
        });
    }

    static void pass(HttpProxy proxy, HttpServerRequest request) {
        if (Paths.identity(request.path())) {
            if (request.version() == HttpVersion.HTTP_2) {
                // What comes packed from Keycloak, Quarkus' server would pack again.
                request.headers().remove("Accept-Encoding");
            }
            proxy.handle(request);
        } else {
            Paths.refuse(request);
        }
    }

    static HttpProxy toKeycloak(Vertx vertx, URI keycloak, URI publicUrl) {
        var client = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(32));
        return HttpProxy.reverseProxy(client)
                .origin(keycloak.getPort(), keycloak.getHost())
                .addInterceptor(new Forwarding(publicUrl));
    }
}
