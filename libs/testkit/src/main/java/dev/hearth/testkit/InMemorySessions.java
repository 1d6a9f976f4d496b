package dev.hearth.testkit;

import dev.hearth.caller.Changes;
import dev.hearth.caller.Credential;
import dev.hearth.caller.Holder;
import dev.hearth.caller.Sessions;
import dev.hearth.caller.SessionsUnavailable;
import dev.hearth.caller.Standing;
import dev.hearth.caller.Subject;
import dev.hearth.caller.TokenHolder;
import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.ProblemType;
import dev.hearth.contracts.Rights;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The port on a few maps. It can be away, lose its feed, and counts what it is asked.
public final class InMemorySessions implements Sessions, Identities {
    private enum State {
        IN_ORDER,
        PENDING,
        DISABLED,
        DELETED
    }

    private record Issued(UUID user, UUID id, Holder.Kind kind, Rights rights, Instant expiresAt) {}

    private final InstantSource clock;
    private final Map<UUID, State> accounts = new HashMap<>();
    private final Map<UUID, Instant> notBefore = new HashMap<>();
    private final Map<Credential, Issued> credentials = new HashMap<>();
    private final Map<UUID, Set<UUID>> households = new HashMap<>();
    private final Set<String> endedLogins = new HashSet<>();
    private final List<Subject> feed = new ArrayList<>();
    private String epoch = UUID.randomUUID().toString();
    private boolean away;
    private int asked;

    public InMemorySessions(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Uni<Optional<Holder>> holderOf(Credential credential) {
        return answer(() -> {
            asked++;
            return Optional.ofNullable(credentials.get(credential))
                    .filter(issued -> issued.expiresAt().isAfter(clock.instant()))
                    .filter(issued -> accounts.get(issued.user()) == State.IN_ORDER)
                    .map(this::holder);
        });
    }

    @Override
    public Uni<Standing> standingOf(TokenHolder holder) {
        return answer(() -> {
            asked++;
            return switch (accounts.computeIfAbsent(holder.user(), _ -> State.IN_ORDER)) {
                case PENDING -> new Standing.Refused(ProblemType.ACCOUNT_PENDING, "The account waits for approval.");
                case DISABLED, DELETED -> refused("The account is disabled.");
                case IN_ORDER -> ofLogin(holder);
            };
        });
    }

    @Override
    public Uni<Changes> changes(Optional<String> cursor) {
        return answer(() -> {
            String end = epoch + ":" + feed.size();
            if (cursor.isEmpty()) {
                return new Changes(end, Set.of(), false);
            }
            var parts = cursor.get().split(":");
            if (!parts[0].equals(epoch)) {
                return new Changes(end, Set.of(), true);
            }
            return new Changes(end, Set.copyOf(feed.subList(Integer.parseInt(parts[1]), feed.size())), false);
        });
    }

    /// While away it fails whatever it is asked.
    public synchronized void away(boolean now) {
        away = now;
    }

    /// Cursors given out until now are not known any more.
    public synchronized void loseFeed() {
        epoch = UUID.randomUUID().toString();
        feed.clear();
    }

    /// How often somebody asked about a credential or a token.
    public synchronized int asked() {
        return asked;
    }

    @Override
    public synchronized UUID someone() {
        var user = UUID.randomUUID();
        accounts.put(user, State.IN_ORDER);
        return user;
    }

    @Override
    public synchronized UUID someonePending() {
        var user = UUID.randomUUID();
        accounts.put(user, State.PENDING);
        return user;
    }

    @Override
    public void disable(UUID user) {
        stands(user, State.DISABLED);
    }

    @Override
    public void enable(UUID user) {
        stands(user, State.IN_ORDER);
    }

    @Override
    public void delete(UUID user) {
        stands(user, State.DELETED);
    }

    @Override
    public synchronized Credential.SessionCookie signIn(UUID user) {
        var cookie = new Credential.SessionCookie(secret());
        credentials.put(
                cookie,
                new Issued(
                        user,
                        UUID.randomUUID(),
                        Holder.Kind.SESSION,
                        Rights.ALL,
                        clock.instant().plus(Duration.ofDays(1))));
        return cookie;
    }

    @Override
    public synchronized void end(Credential.SessionCookie session) {
        feed.add(Subject.session(credentials.remove(session).id()));
    }

    @Override
    public synchronized Credential.ApiToken issue(UUID user, Rights rights, Duration life) {
        var token = new Credential.ApiToken(Credential.API_TOKEN_PREFIX + secret());
        credentials.put(
                token,
                new Issued(
                        user,
                        UUID.randomUUID(),
                        Holder.Kind.API_TOKEN,
                        rights,
                        clock.instant().plus(life)));
        return token;
    }

    @Override
    public synchronized void withdraw(Credential.ApiToken token) {
        feed.add(Subject.token(credentials.remove(token).id()));
    }

    @Override
    public synchronized UUID household(UUID first, UUID... others) {
        var household = UUID.randomUUID();
        join(household, first);
        Arrays.stream(others).forEach(other -> join(household, other));
        return household;
    }

    @Override
    public synchronized void join(UUID household, UUID user) {
        households.computeIfAbsent(household, _ -> new HashSet<>()).add(user);
        feed.add(Subject.of(Principal.user(user)));
    }

    @Override
    public synchronized void leave(UUID household, UUID user) {
        households.get(household).remove(user);
        feed.add(Subject.of(Principal.user(user)));
    }

    @Override
    public synchronized void endLogin(UUID user, String sid) {
        endedLogins.add(sid);
        feed.add(Subject.login(sid));
    }

    @Override
    public synchronized void endAllLogins(UUID user) {
        notBefore.put(user, clock.instant());
        feed.add(Subject.of(Principal.user(user)));
    }

    private synchronized void stands(UUID user, State state) {
        accounts.put(user, state);
        feed.add(Subject.of(Principal.user(user)));
    }

    private Standing ofLogin(TokenHolder holder) {
        if (holder.login().filter(endedLogins::contains).isPresent()
                || holder.issuedAt().isBefore(notBefore.getOrDefault(holder.user(), Instant.MIN))) {
            return refused("The login has ended.");
        }
        return new Standing.InOrder(households(holder.user()));
    }

    private static Standing refused(String detail) {
        return new Standing.Refused(ProblemType.NOT_AUTHENTICATED, detail);
    }

    private Holder holder(Issued issued) {
        var user = Principal.user(issued.user());
        var principals = new HashSet<>(households(issued.user()));
        principals.add(user);
        return new Holder(
                new Caller(user, principals, issued.rights()),
                issued.id(),
                issued.kind(),
                Set.of(),
                issued.expiresAt(),
                Optional.empty());
    }

    private Set<Principal> households(UUID user) {
        return households.entrySet().stream()
                .filter(household -> household.getValue().contains(user))
                .map(household -> Principal.household(household.getKey()))
                .collect(Collectors.toSet());
    }

    private static String secret() {
        return (UUID.randomUUID().toString() + UUID.randomUUID())
                .replace("-", "")
                .substring(0, 43);
    }

    private <T> Uni<T> answer(Supplier<T> work) {
        return Uni.createFrom().item(() -> {
            synchronized (this) {
                if (away) {
                    throw new SessionsUnavailable("away for a test", null);
                }
                return work.get();
            }
        });
    }
}
