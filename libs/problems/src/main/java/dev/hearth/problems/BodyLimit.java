package dev.hearth.problems;

import dev.hearth.contracts.ProblemType;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.RouteConstants;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Refuses a body that is over the limit with a problem, where Quarkus would do so without: one that says so before any
/// of it is read, a chunked one when an endpoint has read too much, see `CountedBody`.
@ApplicationScoped
public class BodyLimit {
    // Before Quarkus looks, and before anybody asks who calls.
    private static final int EARLY = -10_000;

    // Right after Quarkus has noted its own limit.
    private static final int AFTER_QUARKUS = RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT + 1;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final long maxBytes;
    private final Instance<BodyAllowance> allowances;
    private final Vertx vertx;

    BodyLimit(
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBytes,
            @Any Instance<BodyAllowance> allowances,
            Vertx vertx) {
        this.maxBytes = maxBytes.asLongValue();
        this.allowances = allowances;
        this.vertx = vertx;
    }

    void register(@Observes Router router) {
        router.route().order(EARLY).handler(this::check);
        router.route().order(AFTER_QUARKUS).handler(this::leaveCountingToUs);
    }

    private void leaveCountingToUs(RoutingContext context) {
        context.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, Long.MAX_VALUE);
        context.next();
    }

    long maxBytes(RoutingContext context) {
        return allowances.stream()
                .filter(allowance -> allowance.path().equals(context.normalizedPath()))
                .mapToLong(BodyAllowance::maxBytes)
                .findFirst()
                .orElse(maxBytes);
    }

    private void check(RoutingContext context) {
        var length = context.request().getHeader("Content-Length");
        if (length == null || !isOver(length, maxBytes(context))) {
            if (length != null && isOver(length, maxBytes)) {
                // Quarkus knows of no path that may have more. How long the body is, the connection knows.
                context.request().headers().remove("Content-Length");
            }
            context.next();
            return;
        }
        Problems.send(context.response(), exceeded(context).problem());
    }

    /// What to answer; the rest of the body is no longer anybody's.
    ProblemException exceeded(RoutingContext context) {
        long most = maxBytes(context);
        throwAway(context.request());
        context.response().putHeader("Connection", "close");
        return new ProblemException(
                ProblemType.PAYLOAD_TOO_LARGE, "A body has at most " + most + " bytes.", Map.of("allowed", most));
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

    private static boolean isOver(String length, long most) {
        try {
            return Long.parseLong(length) > most;
        } catch (NumberFormatException tooLong) {
            return true;
        }
    }
}
