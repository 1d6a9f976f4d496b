package dev.hearth.sync.livestore;

import dev.hearth.caller.Callers;
import dev.hearth.caller.OpenStreams;
import dev.hearth.eventlog.EventLog;
import dev.hearth.problems.Problem;
import dev.hearth.problems.ProblemException;
import dev.hearth.problems.Problems;
import dev.hearth.problems.Traces;
import dev.hearth.sync.SyncConfig;
import dev.hearth.sync.live.Live;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// The face's one address: POST is an RPC over HTTP, a WebSocket upgrade opens a connection for many.
@ApplicationScoped
public class LiveStoreFace {
    static final String PATH = "/faces/livestore";
    private static final String CALLER = "hearth.livestore.caller";
    private static final String REFUSED = "hearth.livestore.refused";

    /// Enough to answer a stranger under the request's own id.
    private static final long MAX_STRANGERS_BODY = 1024 * 1024;

    private final IdentityProviderManager identities;
    private final Vertx vertx;
    private final HttpRpc http;
    private final WebSocketRpc.Parts parts;
    private final OpenStreams streams;
    private final Set<WebSocketRpc> connections = ConcurrentHashMap.newKeySet();
    private final BodyHandler callersBody;
    private final BodyHandler strangersBody = BodyHandler.create(false).setBodyLimit(MAX_STRANGERS_BODY);
    private volatile boolean stopping;

    LiveStoreFace(
            EventLog log,
            Live live,
            OpenStreams streams,
            SyncConfig config,
            IdentityProviderManager identities,
            Vertx vertx) {
        var wire = new Wire(config.maxJsonDepth());
        var stores = new Stores(log);
        var push = new Push(log, stores, live);
        this.identities = identities;
        this.vertx = vertx;
        this.streams = streams;
        this.http = new HttpRpc(wire, push, new HttpPull(log, stores, config), streams);
        this.callersBody =
                BodyHandler.create(false).setBodyLimit(config.liveStore().maxBodyBytes());
        this.parts = new WebSocketRpc.Parts(wire, push, stores, new Cursors(log), live, config);
    }

    void register(@Observes Router router) {
        router.get(PATH).handler(this::connect);
        router.post(PATH).handler(this::identify).handler(this::readBody).handler(this::call);
    }

    /// Before the body is read: a stranger's large body would be kept for nothing.
    private void identify(RoutingContext context) {
        context.request().pause();
        authenticate(
                context,
                identity -> {
                    Callers.of(identity);
                    context.put(CALLER, identity);
                    context.next();
                },
                refused -> {
                    context.put(REFUSED, refused);
                    context.next();
                });
    }

    private void readBody(RoutingContext context) {
        (context.get(CALLER) == null ? strangersBody : callersBody).handle(context);
        context.request().resume();
    }

    private void call(RoutingContext context) {
        SecurityIdentity caller = context.get(CALLER);
        if (caller == null) {
            http.refuse(context, context.get(REFUSED));
        } else {
            http.serve(context, caller);
        }
    }

    private void connect(RoutingContext context) {
        if (!"websocket".equalsIgnoreCase(context.request().getHeader("Upgrade"))) {
            Problems.send(context.response(), WebSocketRpc.UPGRADE_NEEDED);
            return;
        }
        var trace = Traces.current();
        // Nothing is read from the connection until it is known who calls.
        context.request().pause();
        authenticate(
                context,
                identity -> {
                    var caller = Callers.of(identity);
                    context.request().toWebSocket().onSuccess(socket -> {
                        UpgradedRequest.isAnswered(context.request());
                        serve(
                                identity,
                                new WebSocketRpc(socket, vertx, caller, Callers.expiry(identity), trace, parts));
                    });
                },
                refused -> Problems.send(context.response(), refused));
    }

    private void serve(SecurityIdentity identity, WebSocketRpc connection) {
        connections.add(connection);
        var left = streams.open(identity, connection);
        connection.open(() -> {
            connections.remove(connection);
            left.run();
        });
        if (stopping) {
            connection.stop();
        }
    }

    void letGo(@Observes ShutdownDelayInitiatedEvent event) {
        stopping = true;
        connections.forEach(WebSocketRpc::stop);
    }

    private void authenticate(RoutingContext context, Consumer<SecurityIdentity> known, Consumer<Problem> refused) {
        try {
            UrlToken.moveToHeader(context.request());
        } catch (IllegalArgumentException unreadable) {
            refused.accept(Problems.TOKEN_REFUSED);
            return;
        }
        // Quarkus would answer by itself; this face has its own way to say it.
        BiConsumer<RoutingContext, Throwable> ownAnswer = (_, _) -> {};
        context.put(QuarkusHttpUser.AUTH_FAILURE_HANDLER, ownAnswer);
        Uni<SecurityIdentity> identity = QuarkusHttpUser.getSecurityIdentity(context, identities);
        identity.subscribe()
                .with(
                        who -> {
                            if (who == null || who.isAnonymous()) {
                                refused.accept(Problems.TOKEN_REFUSED);
                            } else {
                                proceed(context, () -> known.accept(who));
                            }
                        },
                        failure -> refused.accept(problem(failure)));
    }

    private static Problem problem(Throwable failure) {
        if (failure instanceof ProblemException refused) {
            return refused.problem();
        }
        if (!(failure instanceof AuthenticationFailedException)) {
            Log.warnf("livestore: identity not verified: %s", failure.getClass().getSimpleName());
        }
        return Problems.TOKEN_REFUSED;
    }

    private static void proceed(RoutingContext context, Runnable step) {
        try {
            step.run();
        } catch (ProblemException refused) {
            Problems.send(context.response(), refused.problem());
        }
    }
}
