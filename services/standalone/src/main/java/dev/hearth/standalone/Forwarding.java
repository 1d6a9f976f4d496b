package dev.hearth.standalone;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import java.net.URI;

/// Tells who stands behind the origin how it was reached, and tells the client when nobody stands there now.
final class Forwarding implements ProxyInterceptor {
    private static final String UNAVAILABLE =
            "{\"type\":\"/problems/unavailable\",\"status\":503,\"title\":\"The service cannot answer now\"}";

    private final URI publicUrl;

    Forwarding(URI publicUrl) {
        this.publicUrl = publicUrl;
    }

    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
        var request = context.request();
        tellHowReached(request.headers(), request.proxiedRequest());
        return context.sendRequest().recover(_ -> Future.succeededFuture(unavailable(request)));
    }

    /// Keycloak promises TLS for good where it sees https, and for all names below. What is promised here, the origin
    /// says.
    @Override
    public Future<Void> handleProxyResponse(ProxyContext context) {
        context.response().headers().remove(StrictTransport.HEADER);
        return context.sendResponse();
    }

    /// What a client says about that itself is not passed on.
    private void tellHowReached(MultiMap headers, HttpServerRequest request) {
        headers.remove("Forwarded");
        headers.set("X-Forwarded-For", request.remoteAddress().hostAddress());
        headers.set("X-Forwarded-Proto", publicUrl.getScheme());
        headers.set("X-Forwarded-Host", publicUrl.getAuthority());
        headers.set("X-Forwarded-Port", Integer.toString(port()));
    }

    private int port() {
        if (publicUrl.getPort() >= 0) {
            return publicUrl.getPort();
        }
        return publicUrl.getScheme().equals("https") ? 443 : 80;
    }

    private static ProxyResponse unavailable(ProxyRequest request) {
        return request.response()
                .setStatusCode(503)
                .putHeader("Content-Type", "application/problem+json")
                .putHeader("Retry-After", "1")
                .setBody(Body.body(Buffer.buffer(UNAVAILABLE)));
    }
}
