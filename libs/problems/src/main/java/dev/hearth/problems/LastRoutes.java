package dev.hearth.problems;

import dev.hearth.contracts.ProblemType;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/// Answers what no endpoint took, and what the HTTP layer refused by itself, as problems.
@ApplicationScoped
public class LastRoutes {

    void register(@Observes Router router) {
        for (int status : new int[] {400, 401, 403, 405, 406, 413, 415, 500, 503}) {
            router.errorHandler(status, context -> send(context, status));
        }
        router.route().last().handler(context -> send(context, 404));
    }

    private static void send(RoutingContext context, int status) {
        var type = Statuses.general(status).orElse(ProblemType.INVALID_REQUEST);
        Problems.send(context.response(), new Problem(type, Problems.explain(type)));
    }
}
