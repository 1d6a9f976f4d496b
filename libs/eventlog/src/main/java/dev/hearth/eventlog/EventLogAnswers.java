package dev.hearth.eventlog;

import dev.hearth.contracts.ProblemType;
import dev.hearth.problems.Problem;
import dev.hearth.problems.ProblemAnswers;
import io.quarkus.logging.Log;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// What a client hears when the log cannot answer.
public final class EventLogAnswers {
    public static final Problem UNAVAILABLE = new Problem(
            ProblemType.UNAVAILABLE,
            "The log cannot answer now. Repeat the request: known event ids are safe to repeat.");

    @ServerExceptionMapper
    public Response unavailable(EventLogUnavailable failure) {
        Log.warnf("log unavailable: %s", failure.getMessage());
        return ProblemAnswers.answer(UNAVAILABLE);
    }
}
