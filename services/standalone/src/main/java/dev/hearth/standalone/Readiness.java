package dev.hearth.standalone;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/// Whether all six services, each in its own program, say that they are ready.
final class Readiness {
    private final HttpClient client;
    private final Ports ports;

    Readiness(HttpClient client, Ports ports) {
        this.client = client;
        this.ports = ports;
    }

    void answer(HttpServerRequest request) {
        List<Future<JsonObject>> checks = new ArrayList<>();
        for (Service service : Service.values()) {
            checks.add(check(service));
        }
        Future.all(checks).onSuccess(all -> {
            boolean up =
                    checks.stream().allMatch(check -> "UP".equals(check.result().getString("status")));
            var body = new JsonObject().put("status", up ? "UP" : "DOWN").put("checks", new JsonArray(all.list()));
            request.response()
                    .setStatusCode(up ? 200 : 503)
                    .putHeader("Content-Type", "application/json")
                    .end(body.encode());
        });
    }

    private Future<JsonObject> check(Service service) {
        return client.request(HttpMethod.GET, ports.of(service.id()), "127.0.0.1", "/q/health/ready")
                .compose(HttpClientRequest::send)
                .map(answer -> answer.statusCode() == 200)
                .otherwise(false)
                .map(up -> new JsonObject().put("name", service.id()).put("status", up ? "UP" : "DOWN"));
    }
}
