package dev.hearth.caller;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Principal;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// A port whose answers a test holds in its hand. The port that keeps the rules is `InMemorySessions` in testkit, which
/// knows this module.
final class HandSessions implements Sessions {
    static final UUID USER = UUID.fromString("7b7b0a9c-3d4e-4b0e-9c38-0d8f1a3c2b11");
    static final UUID SESSION = UUID.fromString("00000000-0000-0000-0000-000000000001");

    Standing standing = new Standing.InOrder(Set.of());
    boolean holds = true;
    boolean away;
    boolean feedAway;
    boolean lost;
    boolean slow;
    final Set<Principal> households = new HashSet<>();
    final List<Object> asked = new ArrayList<>();
    final List<Runnable> held = new ArrayList<>();
    int feedAsked;
    private Set<Subject> told = Set.of();

    void tell(Subject... subjects) {
        told = Set.of(subjects);
    }

    static Subject user() {
        return Subject.of(Principal.user(USER));
    }

    @Override
    public Uni<Optional<Holder>> holderOf(Credential credential) {
        asked.add(credential);
        return answer(holds ? Optional.of(holder()) : Optional.empty());
    }

    private Holder holder() {
        var user = Principal.user(USER);
        var principals = new HashSet<>(households);
        principals.add(user);
        return new Holder(
                new Caller(user, principals),
                SESSION,
                Holder.Kind.SESSION,
                Set.of("admin"),
                HandTime.START.plus(Duration.ofHours(1)),
                Optional.empty());
    }

    @Override
    public Uni<Standing> standingOf(TokenHolder holder) {
        asked.add(holder);
        return answer(standing);
    }

    @Override
    public Uni<Changes> changes(Optional<String> cursor) {
        feedAsked++;
        if (feedAway) {
            return Uni.createFrom().failure(new SessionsUnavailable("away", null));
        }
        var subjects = told;
        told = Set.of();
        return Uni.createFrom().item(new Changes("here", subjects, lost));
    }

    /// Slow answers are given later, by `held`, but were found now.
    private <T> Uni<T> answer(T item) {
        if (away) {
            return Uni.createFrom().failure(new SessionsUnavailable("away", null));
        }
        if (!slow) {
            return Uni.createFrom().item(item);
        }
        return Uni.createFrom().emitter((UniEmitter<? super T> emitter) -> held.add(() -> emitter.complete(item)));
    }
}
