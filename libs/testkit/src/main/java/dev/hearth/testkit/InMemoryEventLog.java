package dev.hearth.testkit;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Generation;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.Append;
import dev.hearth.eventlog.AppendResult;
import dev.hearth.eventlog.AppendResult.OverLimit;
import dev.hearth.eventlog.AppendResult.OverLimit.Limit;
import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.GivenName;
import dev.hearth.eventlog.Head;
import dev.hearth.eventlog.NamingResult;
import dev.hearth.eventlog.NewStore;
import dev.hearth.eventlog.OpenResult;
import dev.hearth.eventlog.Read;
import dev.hearth.eventlog.ReadResult;
import dev.hearth.eventlog.Store;
import dev.hearth.eventlog.StoreErasure;
import dev.hearth.eventlog.StoreName;
import dev.hearth.eventlog.StoreNames;
import dev.hearth.eventlog.Unlocked;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The log in memory, for tests: it keeps every rule of the port and forgets all when it goes.
public final class InMemoryEventLog implements EventLog, StoreNames, StoreErasure {
    private final Map<StoreId, StoreLog> stores = new ConcurrentHashMap<>();
    private final Map<UUID, Long> fences = new ConcurrentHashMap<>();
    private final Map<NameOf, StoreId> aliases = new ConcurrentHashMap<>();
    private final Set<StoreId> closed = ConcurrentHashMap.newKeySet();
    private final LogLimits limits;
    private final Clock clock;

    private record NameOf(Principal user, StoreName name) {}

    public InMemoryEventLog() {
        this(LogLimits.WIDE, Clock.systemUTC());
    }

    public InMemoryEventLog(LogLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public Uni<OpenResult> open(Caller caller, NewStore store) {
        return Uni.createFrom().item(() -> openNow(caller, store));
    }

    private synchronized OpenResult openNow(Caller caller, NewStore store) {
        if (!caller.principals().contains(store.owner())) {
            return new OpenResult.NotTheOwner();
        }
        var alias = aliases.get(new NameOf(store.owner(), store.name()));
        if (alias != null) {
            return reachable(caller, alias)
                    .<OpenResult>map(log -> new OpenResult.Opened(log.store(), false))
                    .orElseGet(OpenResult.NotReached::new);
        }
        var known = owned(store.owner(), store.name());
        if (known.isPresent()) {
            return new OpenResult.Opened(known.get(), false);
        }
        long owned = stores.values().stream()
                .filter(log -> log.owner().equals(store.owner()))
                .count();
        if (owned >= limits.storesPerOwner()) {
            return new OpenResult.TooManyStores(limits.storesPerOwner());
        }
        var log = new StoreLog(new StoreId(UUID.randomUUID()), store, clock);
        stores.put(log.store().id(), log);
        return new OpenResult.Opened(log.store(), true);
    }

    private Optional<Store> owned(Principal owner, StoreName name) {
        return stores.values().stream()
                .map(StoreLog::store)
                .filter(store -> store.owner().equals(owner) && store.name().equals(name))
                .findFirst();
    }

    @Override
    public Uni<Optional<Store>> find(Caller caller, StoreName name) {
        return Uni.createFrom().item(() -> findNow(caller, name));
    }

    private Optional<Store> findNow(Caller caller, StoreName name) {
        var alias = aliases.get(new NameOf(caller.user(), name));
        if (alias != null) {
            return reachable(caller, alias).map(StoreLog::store);
        }
        return owned(caller.user(), name)
                .or(() -> caller.principals().stream()
                        .sorted(Comparator.comparing(Principal::toString))
                        .flatMap(principal -> owned(principal, name).stream())
                        .findFirst());
    }

    @Override
    public Uni<NamingResult> name(Caller caller, StoreName name, StoreId id) {
        return Uni.createFrom()
                .item(() -> reachable(caller, id)
                        .map(log -> nameNow(caller.user(), name, log.store()))
                        .orElseGet(NamingResult.UnknownStore::new));
    }

    private synchronized NamingResult nameNow(Principal user, StoreName name, Store store) {
        if (!store.name().face().equals(name.face())) {
            return new NamingResult.OtherFace(store.name().face());
        }
        var own = owned(user, name);
        if (own.isPresent()) {
            return own.get().id().equals(store.id()) ? new NamingResult.Named(store) : new NamingResult.NameTaken();
        }
        var given = new NameOf(user, name);
        long others = aliases.keySet().stream()
                .filter(alias -> alias.user().equals(user) && !alias.equals(given))
                .count();
        if (others >= limits.storesPerOwner()) {
            return new NamingResult.TooManyNames(limits.storesPerOwner());
        }
        aliases.put(given, store.id());
        return new NamingResult.Named(store);
    }

    @Override
    public Uni<Optional<StoreId>> named(Caller caller, StoreName name) {
        return Uni.createFrom().item(() -> Optional.ofNullable(aliases.get(new NameOf(caller.user(), name))));
    }

    @Override
    public Uni<List<GivenName>> given(Caller caller) {
        return Uni.createFrom()
                .item(() -> aliases.entrySet().stream()
                        .filter(alias -> alias.getKey().user().equals(caller.user()))
                        .map(alias -> new GivenName(alias.getKey().name(), alias.getValue()))
                        .sorted(Comparator.comparing(given -> given.name().toString()))
                        .toList());
    }

    @Override
    public Uni<Boolean> forget(Caller caller, StoreName name) {
        return Uni.createFrom().item(() -> aliases.remove(new NameOf(caller.user(), name)) != null);
    }

    @Override
    public Uni<Optional<Store>> find(Caller caller, StoreId id) {
        return Uni.createFrom().item(() -> reachable(caller, id).map(StoreLog::store));
    }

    private Optional<StoreLog> reachable(Caller caller, StoreId id) {
        return Optional.ofNullable(stores.get(id))
                .filter(log -> caller.principals().contains(log.owner()));
    }

    @Override
    public Uni<List<Store>> list(Caller caller, Optional<StoreId> after, int limit) {
        return Uni.createFrom()
                .item(() -> after(after, limit, log -> caller.principals().contains(log.owner())));
    }

    private List<Store> after(Optional<StoreId> after, int limit, Predicate<StoreLog> wanted) {
        return stores.values().stream()
                .filter(wanted)
                .map(StoreLog::store)
                // As text: UUID.compareTo takes the halves as signed numbers.
                .sorted(Comparator.comparing(store -> store.id().toString()))
                .filter(store -> after.isEmpty()
                        || store.id().toString().compareTo(after.get().toString()) > 0)
                .limit(limit)
                .toList();
    }

    @Override
    public Uni<AppendResult> append(Caller caller, Append append) {
        return Uni.createFrom()
                .item(() -> overLimit(append)
                        .<AppendResult>map(over -> over)
                        .orElseGet(() -> reachable(caller, append.store())
                                .map(log -> log.append(caller, append, this::lockedSince))
                                .orElseGet(AppendResult.UnknownStore::new)));
    }

    private Optional<Long> lockedSince(Unlocked unlocked) {
        long epoch = fences.getOrDefault(unlocked.vault(), 0L);
        return epoch == 0 || epoch > unlocked.epoch() ? Optional.of(epoch) : Optional.empty();
    }

    private Optional<OverLimit> overLimit(Append append) {
        int count = append.events().size();
        if (count > limits.eventsPerAppend()) {
            return Optional.of(new OverLimit(Limit.EVENTS_PER_APPEND, limits.eventsPerAppend(), count));
        }
        long total = 0;
        for (var event : append.events()) {
            int size = event.payload().size();
            if (size > limits.eventBytes()) {
                return Optional.of(new OverLimit(Limit.EVENT_BYTES, limits.eventBytes(), size));
            }
            total += size;
        }
        return total > limits.appendBytes()
                ? Optional.of(new OverLimit(Limit.APPEND_BYTES, limits.appendBytes(), total))
                : Optional.empty();
    }

    @Override
    public Uni<ReadResult> read(Caller caller, Read read) {
        return Uni.createFrom()
                .item(() -> reachable(caller, read.store())
                        .map(log -> log.read(read))
                        .orElseGet(ReadResult.UnknownStore::new));
    }

    @Override
    public Uni<Optional<Store>> reset(Caller caller, StoreId id, Generation current) {
        return Uni.createFrom().item(() -> reachable(caller, id).map(log -> log.reset(current)));
    }

    @Override
    public Uni<Long> raiseFence(UUID vault, long epoch) {
        return Uni.createFrom().item(() -> fences.merge(vault, epoch, Math::max));
    }

    @Override
    public Uni<List<Head>> heads(Collection<StoreId> ids) {
        return describe(ids)
                .map(found -> found.stream()
                        .map(store -> new Head(store.id(), store.generation(), store.head()))
                        .toList());
    }

    @Override
    public Uni<List<Store>> describe(Collection<StoreId> ids) {
        return Uni.createFrom()
                .item(() -> ids.stream()
                        .distinct()
                        .flatMap(id -> Optional.ofNullable(stores.get(id)).stream())
                        .map(StoreLog::store)
                        .toList());
    }

    @Override
    public Uni<Set<StoreId>> closed(Collection<StoreId> ids) {
        return Uni.createFrom().item(() -> ids.stream().filter(closed::contains).collect(Collectors.toSet()));
    }

    @Override
    public Uni<Boolean> erase(Principal owner) {
        return Uni.createFrom().item(() -> eraseNow(owner));
    }

    private synchronized boolean eraseNow(Principal owner) {
        aliases.keySet().removeIf(alias -> alias.user().equals(owner));
        stores.forEach((id, log) -> {
            if (log.owner().equals(owner)) {
                closed.add(id);
                stores.remove(id);
            }
        });
        return true;
    }

    @Override
    public Uni<List<Store>> all(Optional<StoreId> after, int limit) {
        return Uni.createFrom().item(() -> after(after, limit, _ -> true));
    }
}
