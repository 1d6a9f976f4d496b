package dev.hearth.auth.leave;

import dev.hearth.auth.AuthConfig;
import dev.hearth.auth.identity.Deletion.Step;
import dev.hearth.auth.identity.DeletionSteps;
import dev.hearth.auth.identity.DeletionSteps.Claimed;
import dev.hearth.auth.keycloak.KeycloakPeople;
import dev.hearth.contracts.Principal;
import dev.hearth.eventlog.StoreErasure;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/// Carries deletions out when their time has come. Any number of processes may: each account is one's for a while, and
/// whoever dies in it is followed by another, who goes on at the step that was not done. See
/// `docs/adr/0018-a-deletion-goes-on-where-it-stopped.md`.
@ApplicationScoped
public class Departures {
    private final DeletionSteps steps;
    private final KeycloakPeople keycloak;
    private final StoreErasure erasure;
    private final Duration interval;
    private final Duration lease;
    private final AtomicBoolean busy = new AtomicBoolean();

    Departures(DeletionSteps steps, KeycloakPeople keycloak, StoreErasure erasure, AuthConfig config) {
        this.steps = steps;
        this.keycloak = keycloak;
        this.erasure = erasure;
        this.interval = config.deletion().interval();
        this.lease = config.deletion().lease();
    }

    void start(@Observes StartupEvent event, Vertx vertx) {
        vertx.setPeriodic(
                interval.toMillis(),
                _ -> VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext())
                        .runOnContext(_ -> look()));
    }

    private void look() {
        if (busy.compareAndSet(false, true)) {
            round().onTermination()
                    .invoke(() -> busy.set(false))
                    .subscribe()
                    .with(_ -> {}, failure -> Log.warnf("deletions wait: reason=%s", reason(failure)));
        }
    }

    /// Carries out what is due.
    Uni<Void> round() {
        return steps.claim(lease)
                .flatMap(claimed -> claimed.map(next -> carryOut(next).flatMap(_ -> round()))
                        .orElse(Uni.createFrom().voidItem()));
    }

    Uni<Void> carryOut(Claimed claimed) {
        return goOn(claimed)
                .onFailure()
                .invoke(failure -> Log.warnf("a deletion waits: user=%s reason=%s", claimed.account(), reason(failure)))
                // It is this process's for a while yet, so others come next.
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> goOn(Claimed at) {
        if (at.step() == Step.DONE) {
            Log.infof("account deleted: user=%s", at.account());
            return Uni.createFrom().voidItem();
        }
        return isMine(at)
                .flatMap(mine -> mine
                        ? perform(at).flatMap(_ -> next(at))
                        : Uni.createFrom().voidItem());
    }

    private Uni<Boolean> isMine(Claimed at) {
        return steps.renew(at, lease);
    }

    private Uni<Void> next(Claimed done) {
        var following = Step.values()[done.step().ordinal() + 1];
        var next = new Claimed(done.account(), following);
        // The last step notes itself.
        return done.step() == Step.ACCOUNT
                ? goOn(next)
                : steps.advance(done, following)
                        .flatMap(moved -> moved ? goOn(next) : Uni.createFrom().voidItem());
    }

    /// One step; whoever does it again finds it done.
    Uni<Void> perform(Claimed at) {
        var user = at.account();
        return switch (at.step()) {
            case WAITING, DONE -> Uni.createFrom().voidItem();
            case LOGINS -> steps.endSessionsAndTokens(user).flatMap(_ -> keycloak.remove(user));
            case HOUSEHOLDS -> steps.leaveHouseholds(user);
            case STORES -> eraseStores(at);
            case ACCOUNT -> steps.blank(user);
        };
    }

    private Uni<Void> eraseStores(Claimed at) {
        return steps.owners(at.account())
                .onItem()
                .transformToMulti(owners -> Multi.createFrom().iterable(owners))
                .onItem()
                .transformToUniAndConcatenate(owner -> erase(at, owner))
                .collect()
                .asList()
                .replaceWithVoid();
    }

    /// Until nothing is left, or another process has done the rest.
    private Uni<Void> erase(Claimed at, Principal owner) {
        return Uni.createFrom()
                .deferred(() -> erasure.erase(owner))
                .flatMap(done -> done ? Uni.createFrom().item(true) : isMine(at).map(mine -> !mine))
                .repeat()
                .until(ended -> ended)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /// Without its message: what others say of a person is not for the log.
    private static String reason(Throwable failure) {
        return failure.getClass().getSimpleName();
    }
}
