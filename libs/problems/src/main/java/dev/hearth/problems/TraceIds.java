package dev.hearth.problems;

import dev.hearth.contracts.Trace;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/// Gives each request a trace, by which its lines in the logs are found: the one of its `traceparent`, or a new one.
/// Its
/// id goes back in the header `Trace-Id`.
@ApplicationScoped
public class TraceIds {
    public static final String TRACEPARENT = "traceparent";
    private static final String HEADER = "Trace-Id";
    // Before anybody refuses.
    private static final int FIRST = -20_000;

    private static final SecureRandom RANDOM = new SecureRandom();

    void register(@Observes Router router) {
        router.route().order(FIRST).handler(TraceIds::name);
    }

    private static void name(RoutingContext context) {
        var trace = given(context.request().headers().getAll(TRACEPARENT)).orElseGet(() -> Trace.begin(RANDOM));
        Traces.enter(trace);
        context.response().putHeader(HEADER, trace.id());
        context.next();
    }

    /// Of two, neither can be believed.
    private static Optional<Trace> given(List<String> headers) {
        return headers.size() == 1 ? Trace.parse(headers.getFirst()) : Optional.empty();
    }
}
