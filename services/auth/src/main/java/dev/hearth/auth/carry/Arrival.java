package dev.hearth.auth.carry;

import dev.hearth.auth.carry.Archive.OwnStore;
import dev.hearth.auth.carry.Arrived.LeftOut;
import dev.hearth.auth.carry.Arrived.Taken;
import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.Append;
import dev.hearth.eventlog.AppendResult;
import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.Expectation;
import dev.hearth.eventlog.NewEvent;
import dev.hearth.eventlog.OpenResult;
import dev.hearth.eventlog.Store;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Takes the stores of a checked archive in, one after the other, each event once: whatever stops it, it is repeated.
final class Arrival {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int BATCH_BYTES = 4 * 1024 * 1024;
    private static final List<LeftOut> NOT_OURS = List.of(
            new LeftOut("profile.json", "The account here has its own."),
            new LeftOut("households.json", "Households are invited to, and their stores are theirs."),
            new LeftOut("aliases.json", "They name stores of households."),
            new LeftOut("tokens.json", "A token's secret is known to its program alone."),
            new LeftOut("sessions.json", "They were sign-ins elsewhere."));

    private final EventLog log;
    private final Caller caller;
    private final CheckedArchive checked;
    private final int pageEvents;
    private final List<Taken> taken = new ArrayList<>();

    Arrival(EventLog log, Principal user, CheckedArchive checked, int pageEvents) {
        this.log = log;
        this.caller = Caller.of(user);
        this.checked = checked;
        this.pageEvents = pageEvents;
    }

    Arrived take(ArchiveFiles files) throws IOException {
        files.each((name, content) -> {
            var store = checked.stores().get(name);
            if (store != null) {
                taken.add(take(name, store, content));
            }
        });
        taken.sort(Comparator.comparing(Taken::face).thenComparing(Taken::name));
        return new Arrived(List.copyOf(taken), NOT_OURS);
    }

    private Taken take(String file, OwnStore store, InputStream content) throws IOException {
        return switch (await(log.open(caller, Stores.wanted(store, caller.user())))) {
            case OpenResult.NotTheOwner() -> none(store, "gone");
            case OpenResult.NotReached() -> none(store, "name-not-reached");
            case OpenResult.TooManyStores _ -> none(store, "too-many-stores");
            case OpenResult.Opened(Store here, boolean created) -> {
                // A name may have been given to a household's store: its members would get what was one's own.
                if (!here.owner().equals(caller.user())) {
                    yield none(store, "name-of-a-household");
                }
                if (here.isPrivate() != store.isPrivate()) {
                    yield none(store, "other-privacy");
                }
                yield events(store, here, created, new Lines(file, content));
            }
        };
    }

    private static Taken none(OwnStore store, String reason) {
        return new Taken(store.face(), store.name(), Optional.empty(), false, 0, 0, 0, 0, Optional.of(reason));
    }

    private Taken events(OwnStore store, Store here, boolean created, Lines lines) throws IOException {
        var counts = new Counts();
        var leftOut = Optional.<String>empty();
        var batch = new ArrayList<NewEvent>();
        long bytes = 0;
        for (var line = lines.next(); line.isPresent() && leftOut.isEmpty(); line = lines.next()) {
            var read = EventLines.read(line.get());
            if (read.erased()) {
                counts.erased++;
                continue;
            }
            var event = EventLines.event(read);
            if (!batch.isEmpty()
                    && (batch.size() >= pageEvents || bytes + event.payload().size() > BATCH_BYTES)) {
                leftOut = append(here.id(), batch, counts);
                batch.clear();
                bytes = 0;
            }
            batch.add(event);
            bytes += event.payload().size();
        }
        if (leftOut.isEmpty() && !batch.isEmpty()) {
            leftOut = append(here.id(), batch, counts);
        }
        return new Taken(
                store.face(),
                store.name(),
                Optional.of(here.id().value()),
                created,
                counts.appended,
                counts.known,
                counts.differing,
                counts.erased,
                leftOut);
    }

    /// Why it was refused, if it was.
    private Optional<String> append(StoreId store, List<NewEvent> batch, Counts counts) {
        return switch (await(log.append(caller, new Append(store, Expectation.any(), batch)))) {
            case AppendResult.Appended appended -> {
                appended.assigned().forEach(counts::count);
                yield Optional.empty();
            }
            case AppendResult.AliasNotAscending _ -> Optional.of("other-events");
            case AppendResult.OverLimit _ -> Optional.of("event-too-large");
            case AppendResult.Locked _ -> Optional.of("locked");
            case AppendResult.UnknownStore() -> Optional.of("gone");
            case AppendResult.WrongHead _, AppendResult.WrongRevision _ ->
                throw new IllegalStateException("nothing was expected of the store");
        };
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(PATIENCE);
    }

    private static final class Counts {
        private long appended;
        private long known;
        private long differing;
        private long erased;

        void count(AppendResult.Assigned assigned) {
            if (assigned.known()) {
                known++;
                differing += assigned.differs() ? 1 : 0;
            } else {
                appended++;
            }
        }
    }
}
