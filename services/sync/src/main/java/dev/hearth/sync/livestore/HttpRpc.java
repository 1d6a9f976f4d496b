package dev.hearth.sync.livestore;

import dev.hearth.caller.Callers;
import dev.hearth.caller.OpenStreams;
import dev.hearth.contracts.ProblemType;
import dev.hearth.eventlog.EventLogUnavailable;
import dev.hearth.problems.Problem;
import dev.hearth.problems.ProblemException;
import dev.hearth.problems.Problems;
import dev.hearth.problems.Traces;
import dev.hearth.sync.json.ContentEncoding;
import dev.hearth.sync.livestore.Answers.Outcome;
import dev.hearth.sync.livestore.Wire.Message;
import io.quarkus.logging.Log;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;

/// One RPC a request. The client does not look at the status: it reads a JSON array, and an object would end its
/// syncing in silence. So whatever can be answered in the protocol is.
final class HttpRpc {
    private final Wire wire;
    private final Push push;
    private final HttpPull pull;
    private final OpenStreams streams;

    HttpRpc(Wire wire, Push push, HttpPull pull, OpenStreams streams) {
        this.wire = wire;
        this.push = push;
        this.pull = pull;
        this.streams = streams;
    }

    void serve(RoutingContext context, SecurityIdentity caller) {
        var response = context.response();
        Message request;
        try {
            request = request(context);
        } catch (IOException | IllegalArgumentException invalid) {
            Problems.send(response, NOT_RPC);
            return;
        }
        var id = String.valueOf(request.id());
        response.setChunked(true).putHeader("Content-Type", "application/json");
        serve(caller, request, id, response)
                .subscribe()
                .with(_ -> end(response), failure -> fail(response, id, failure));
    }

    /// Whoever calls is not let in. Said in the protocol, so that the client keeps trying with what it has.
    void refuse(RoutingContext context, Problem why) {
        var response = context.response();
        try {
            var id = String.valueOf(request(context).id());
            if (why.getStatus() == 401) {
                response.putHeader("WWW-Authenticate", "Bearer");
            }
            response.setStatusCode(why.getStatus())
                    .putHeader("Content-Type", "application/json")
                    .end("[" + Answers.exit(id, new Outcome.Failed(said(why))) + "]");
        } catch (IOException | IllegalArgumentException invalid) {
            Problems.send(response, why);
        }
    }

    private static String said(Problem why) {
        return why.problemType() == ProblemType.NOT_AUTHENTICATED
                ? "the token is missing, expired or not valid"
                : why.detail();
    }

    private static final int MAX_UNPACKED = 32 * 1024 * 1024;

    private static final Problem NOT_RPC =
            new Problem(ProblemType.INVALID_JSON, "The body is not a request of LiveStore's RPC.");

    private Message request(RoutingContext context) throws IOException {
        var body = context.body().buffer();
        if (body == null) {
            throw new IOException("a request has a body");
        }
        var message = wire.message(unpacked(context, body.getBytes()));
        if (!"Request".equals(message.kind()) || message.tag() == null || message.id() == null) {
            throw new IOException("not a request");
        }
        return message;
    }

    private static byte[] unpacked(RoutingContext context, byte[] body) throws IOException {
        try {
            return ContentEncoding.unpack(body, context.request().getHeader("Content-Encoding"), MAX_UNPACKED);
        } catch (ProblemException refused) {
            throw new IOException(refused.problem().detail(), refused);
        }
    }

    private Uni<Void> serve(SecurityIdentity identity, Message request, String id, HttpServerResponse response) {
        var caller = Callers.of(identity);
        try {
            return switch (String.valueOf(request.tag())) {
                case "SyncHttpRpc.Ping" -> write(response, id, new Outcome.Ponged());
                case "SyncHttpRpc.Push" ->
                    push.push(caller, wire.payload(request, Wire.Push.class), Traces.current())
                            .flatMap(outcome -> write(response, id, outcome));
                case "SyncHttpRpc.Pull" -> {
                    var wish = wire.payload(request, Wire.Pull.class);
                    // A client may take the pages as slowly as it likes, and its caller may change meanwhile.
                    yield streams.whileOpen(
                            identity,
                            _ -> Uni.createFrom().failure(new Refused("what the caller reaches has changed")),
                            pull.pull(caller, id, wish, response));
                }
                default -> write(response, id, new Outcome.Failed("there is no such procedure"));
            };
        } catch (IOException | IllegalArgumentException invalid) {
            return write(response, id, new Outcome.Failed("the payload does not fit the procedure"));
        } catch (Refused refused) {
            return write(response, id, new Outcome.Failed(refused.getMessage()));
        }
    }

    private static Uni<Void> write(HttpServerResponse response, String id, Outcome outcome) {
        return Uni.createFrom()
                .completionStage(
                        () -> response.write("[" + Answers.exit(id, outcome)).toCompletionStage());
    }

    private static void end(HttpServerResponse response) {
        response.end("]");
    }

    private static void fail(HttpServerResponse response, String id, Throwable failure) {
        if (response.closed() || response.ended()) {
            return;
        }
        if (response.bytesWritten() > 0) {
            // Half an array is no JSON: the client takes it for a broken connection, which it was.
            response.reset();
            return;
        }
        response.end("[" + Answers.exit(id, outcome(failure)) + "]");
    }

    static Outcome outcome(Throwable failure) {
        return switch (failure) {
            case Refused refused -> new Outcome.Failed(refused.getMessage());
            case ProblemException refused -> new Outcome.Failed(said(refused.problem()));
            case EventLogUnavailable _ -> new Outcome.Failed("the log cannot answer now");
            default -> {
                Log.error("livestore: request failed unexpectedly", failure);
                yield new Outcome.Failed("something went wrong on the server");
            }
        };
    }
}
