package dev.hearth.caller;

import dev.hearth.problems.Problems;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.regex.Pattern;

/// Refuses an `Authorization` that says Bearer and nothing more, or dots alone: Quarkus' own reading of it fails as if
/// the server had. And two of them: it would be open which counts.
@ApplicationScoped
public class EmptyBearer {
    private static final Pattern EMPTY = Pattern.compile("(?i)\\s*bearer[\\s.]*");

    /// Before authentication, which stands at 200.
    private static final int PRIORITY = 300;

    void register(@Observes Filters filters) {
        filters.register(EmptyBearer::check, PRIORITY);
    }

    private static void check(RoutingContext context) {
        var sent = context.request().headers().getAll("Authorization");
        if (sent.size() > 1
                || sent.stream().anyMatch(header -> EMPTY.matcher(header).matches())) {
            Problems.send(context.response(), Problems.TOKEN_REFUSED);
        } else {
            context.next();
        }
    }
}
