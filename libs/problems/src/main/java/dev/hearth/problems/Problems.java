package dev.hearth.problems;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hearth.contracts.ProblemType;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/// Problems that several services answer with, and the way to send one where there is no JAX-RS.
public final class Problems {
    public static final Problem TOKEN_MISSING = new Problem(
            ProblemType.NOT_AUTHENTICATED, "Send an access token in the Authorization header: \"Bearer …\".");
    public static final Problem TOKEN_REFUSED =
            new Problem(ProblemType.NOT_AUTHENTICATED, "The token is expired, malformed or not meant for this server.");
    public static final Problem FORBIDDEN = new Problem(ProblemType.FORBIDDEN, "This needs a right you do not have.");
    public static final Problem INTERNAL =
            new Problem(ProblemType.INTERNAL, "The server could not answer. It has noted why; trying again may help.");

    private static final ObjectMapper JSON = new ObjectMapper();

    private Problems() {}

    static String explain(ProblemType type) {
        return switch (type) {
            case NOT_FOUND -> "No resource has this address.";
            case METHOD_NOT_ALLOWED -> "This address does not know that method.";
            case NOT_ACCEPTABLE -> "None of the media types in Accept can be answered.";
            case UNSUPPORTED_MEDIA_TYPE -> "Send the body as the media type that the API page names.";
            case PAYLOAD_TOO_LARGE -> "The body is over the server's limit; send less at once.";
            case NOT_AUTHENTICATED -> TOKEN_MISSING.detail();
            case FORBIDDEN -> FORBIDDEN.detail();
            case UNAVAILABLE -> "The service cannot answer now; try again shortly.";
            case INTERNAL -> INTERNAL.detail();
            default -> "The request cannot be understood.";
        };
    }

    public static Buffer encode(Problem problem) {
        try {
            return Buffer.buffer(JSON.writeValueAsBytes(problem));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a problem's members are plain values", impossible);
        }
    }

    /// Ends the response with this problem, unless it has begun: then the connection is closed.
    public static void send(HttpServerResponse response, Problem problem) {
        if (response.ended()) {
            return;
        }
        if (response.headWritten()) {
            response.reset();
            return;
        }
        ProblemMetrics.count(problem.problemType());
        response.setStatusCode(problem.getStatus()).putHeader("Content-Type", Problem.MEDIA_TYPE);
        if (problem.getStatus() == 401) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        if (problem.problemType() == ProblemType.UNAVAILABLE) {
            response.putHeader("Retry-After", "1");
        }
        response.end(encode(problem));
    }
}
