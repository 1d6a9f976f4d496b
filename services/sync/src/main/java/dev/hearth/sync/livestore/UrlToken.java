package dev.hearth.sync.livestore;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/// LiveStore apps hand over their token as `syncPayload: { authToken }`. It comes in the query as JSON that was
/// percent-encoded twice, since a browser's WebSocket has no headers of its own.
final class UrlToken {
    private static final String PAYLOAD = "payload";
    private static final String TOKEN = "authToken";

    private UrlToken() {}

    /// Makes it the bearer token, unless the request has an `Authorization` of its own.
    ///
    /// @throws IllegalArgumentException the payload cannot be read
    static void moveToHeader(HttpServerRequest request) {
        var payload = request.getParam(PAYLOAD);
        if (payload == null || request.headers().contains("Authorization")) {
            return;
        }
        try {
            var json = new JsonObject(URLDecoder.decode(payload, StandardCharsets.UTF_8));
            if (json.getValue(TOKEN) instanceof String token
                    && !token.isEmpty()
                    && token.chars().allMatch(c -> c > 32 && c < 127)) {
                request.headers().set("Authorization", "Bearer " + token);
            }
        } catch (DecodeException notJson) {
            throw new IllegalArgumentException("the payload is not JSON", notJson);
        }
    }
}
