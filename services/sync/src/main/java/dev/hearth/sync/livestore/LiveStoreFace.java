package dev.hearth.sync.livestore;

import dev.hearth.caller.Callers;
import dev.hearth.contracts.Caller;
import dev.hearth.eventlog.EventLog;
import dev.hearth.problems.ProblemException;
import dev.hearth.problems.Problems;
import dev.hearth.sync.SyncConfig;
import dev.hearth.sync.live.Live;
import io.quarkus.logging.Log;
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
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// The face's one address: POST is an RPC over HTTP, a WebSocket upgrade opens a connection for many.
@ApplicationScoped
public class LiveStoreFace {
    static final String PATH = "/faces/livestore";
    private static final long MAX_BODY = 32L * 1024 * 1024;

    private final IdentityProviderManager identities;
    private final Vertx vertx;
    private final HttpRpc http;
    private final WebSocketRpc.Parts parts;

    LiveStoreFace(EventLog log, Live live, SyncConfig config, IdentityProviderManager identities, Vertx vertx) {
        var wire = new Wire(config.maxJsonDepth());
        var stores = new Stores(log);
        var push = new Push(log, stores, live);
        this.identities = identities;
        this.vertx = vertx;
        this.http = new HttpRpc(wire, push, new HttpPull(log, stores));
        this.parts = new WebSocketRpc.Parts(wire, push, stores, new Cursors(log), live, config);
    }

    void register(@Observes Router router) {
        router.get(PATH).handler(this::connect);
        router.post(PATH)
                .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY))
                .handler(this::call);
    }

    private void call(RoutingContext context) {
        authenticate(context, identity -> http.serve(context, Callers.of(identity)), () -> http.refuse(context));
    }

    private void connect(RoutingContext context) {
        if (!"websocket".equalsIgnoreCase(context.request().getHeader("Upgrade"))) {
            Problems.send(context.response(), WebSocketRpc.UPGRADE_NEEDED);
            return;
        }
        // Nothing is read from the connection until it is known who calls.
        context.request().pause();
        authenticate(
                context,
                identity -> {
                    Caller caller = Callers.of(identity);
                    context.request()
                            .toWebSocket()
                            .onSuccess(socket ->
                                    new WebSocketRpc(socket, vertx, caller, Callers.expiry(identity), parts).open());
                },
                () -> Problems.send(context.response(), Problems.TOKEN_REFUSED));
    }

    private void authenticate(RoutingContext context, Consumer<SecurityIdentity> known, Runnable unknown) {
        try {
            UrlToken.moveToHeader(context.request());
        } catch (IllegalArgumentException unreadable) {
            unknown.run();
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
                                unknown.run();
                            } else {
                                proceed(context, () -> known.accept(who));
                            }
                        },
                        failure -> {
                            if (!(failure instanceof AuthenticationFailedException)) {
                                Log.warnf(
                                        "livestore: identity not verified: %s",
                                        failure.getClass().getSimpleName());
                            }
                            unknown.run();
                        });
    }

    private static void proceed(RoutingContext context, Runnable step) {
        try {
            step.run();
        } catch (ProblemException refused) {
            Problems.send(context.response(), refused.problem());
        }
    }
}
