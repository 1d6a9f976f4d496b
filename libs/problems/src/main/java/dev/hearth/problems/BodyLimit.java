package dev.hearth.problems;

import dev.hearth.contracts.ProblemType;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Refuses a body that says it is over the limit before any of it is read, with a problem; Quarkus would do so without.
@ApplicationScoped
public class BodyLimit {
    // Before Quarkus looks, and before anybody asks who calls.
    private static final int EARLY = -10_000;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final long maxBytes;
    private final Vertx vertx;

    BodyLimit(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBytes, Vertx vertx) {
        this.maxBytes = maxBytes.asLongValue();
        this.vertx = vertx;
    }

    void register(@Observes Router router) {
        router.route().order(EARLY).handler(this::check);
    }

    private void check(RoutingContext context) {
        var length = context.request().getHeader("Content-Length");
        if (length == null || !isOver(length)) {
            context.next();
            return;
        }
        throwAway(context.request());
        context.response().putHeader("Connection", "close");
        Problems.send(
                context.response(),
                new Problem(
                        ProblemType.PAYLOAD_TOO_LARGE,
                        "A body has at most " + maxBytes + " bytes.",
                        Map.of("allowed", maxBytes)));
    }

    /// Many clients read an answer only when they have sent everything; a connection cut before would be all they see.
    /// So what still comes is taken and dropped, for a while.
    private void throwAway(HttpServerRequest request) {
        var connection = request.connection();
        long end = vertx.setTimer(PATIENCE.toMillis(), _ -> connection.close());
        connection.closeHandler(_ -> vertx.cancelTimer(end));
        request.handler(_ -> {});
        request.exceptionHandler(_ -> {});
        request.resume();
    }

    private boolean isOver(String length) {
        try {
            return Long.parseLong(length) > maxBytes;
        } catch (NumberFormatException tooLong) {
            return true;
        }
    }
}
