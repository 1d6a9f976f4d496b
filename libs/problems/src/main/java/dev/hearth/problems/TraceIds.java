package dev.hearth.problems;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/// Gives each request an id by which its lines in the logs are found: the one of its `traceparent`, as W3C has it, or a
/// new one. It goes back in the header `Trace-Id`.
@ApplicationScoped
public class TraceIds {
    static final String FIELD = "traceId";
    private static final String HEADER = "Trace-Id";
    // Before anybody refuses.
    private static final int FIRST = -20_000;

    private static final Pattern TRACEPARENT =
            Pattern.compile("00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
    private static final SecureRandom RANDOM = new SecureRandom();

    void register(@Observes Router router) {
        router.route().order(FIRST).handler(TraceIds::name);
    }

    private static void name(RoutingContext context) {
        var id = given(context.request().getHeader("traceparent")).orElseGet(TraceIds::made);
        MDC.put(FIELD, id);
        context.response().putHeader(HEADER, id);
        context.next();
    }

    /// The trace's id, if this is a `traceparent` that one can be read from.
    static Optional<String> given(@Nullable String traceparent) {
        var found = TRACEPARENT.matcher(traceparent == null ? "" : traceparent);
        return found.matches() ? Optional.of(found.group(1)) : Optional.empty();
    }

    private static String made() {
        byte[] id = new byte[16];
        RANDOM.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }
}
