package dev.hearth.problems;

import dev.hearth.contracts.ProblemType;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Refuses a body that says it is over the limit before any of it is read, with a problem; Quarkus would do so without.
@ApplicationScoped
public class BodyLimit {
    // Before Quarkus looks, and before anybody asks who calls.
    private static final int EARLY = -10_000;

    private final long maxBytes;

    BodyLimit(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBytes) {
        this.maxBytes = maxBytes.asLongValue();
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
        // What the client goes on sending is not read.
        context.response()
                .putHeader("Connection", "close")
                .endHandler(_ -> context.request().connection().close());
        Problems.send(
                context.response(),
                new Problem(
                        ProblemType.PAYLOAD_TOO_LARGE,
                        "A body has at most " + maxBytes + " bytes.",
                        Map.of("allowed", maxBytes)));
    }

    private boolean isOver(String length) {
        try {
            return Long.parseLong(length) > maxBytes;
        } catch (NumberFormatException tooLong) {
            return true;
        }
    }
}
