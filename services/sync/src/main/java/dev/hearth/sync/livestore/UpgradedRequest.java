package dev.hearth.sync.livestore;

import io.quarkus.vertx.http.runtime.filters.QuarkusRequestWrapper;
import io.vertx.core.http.HttpServerRequest;

/// A process that ends waits for the requests it has not answered, and Quarkus counts each that became a WebSocket as
/// such a one for ever, though it may be closed for long.
final class UpgradedRequest {
    private UpgradedRequest() {}

    /// Quarkus has no open door for saying so. Should this one be shut too, the process only ends more slowly.
    static void isAnswered(HttpServerRequest request) {
        try {
            var done = QuarkusRequestWrapper.class.getDeclaredMethod("done");
            done.setAccessible(true);
            done.invoke(QuarkusRequestWrapper.get(request));
        } catch (ReflectiveOperationException | RuntimeException shut) {
            // A test of ours sees it.
        }
    }
}
