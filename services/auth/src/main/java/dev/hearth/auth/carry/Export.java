package dev.hearth.auth.carry;

import dev.hearth.contracts.Caller;
import dev.hearth.contracts.Principal;
import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.EventLogUnavailable;
import dev.hearth.eventlog.Read;
import dev.hearth.eventlog.Read.Direction;
import dev.hearth.eventlog.ReadResult;
import dev.hearth.eventlog.Store;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// One archive in the making. Of each store it has the events up to the head that the store had at the beginning, in
/// the generation of then; where that is gone meanwhile, it breaks off. Nothing is read before what came before has
/// been
/// taken.
final class Export {
    private static final int PIECE_BYTES = 1024 * 1024;

    private final EventLog log;
    private final Principal owner;
    private final Belongings.All all;
    private final int pageEvents;
    private final Clock clock;
    private final ArchiveWriter archive = new ArchiveWriter();

    Export(EventLog log, Principal owner, Belongings.All all, int pageEvents, Clock clock) {
        this.log = log;
        this.owner = owner;
        this.all = all;
        this.pageEvents = pageEvents;
        this.clock = clock;
    }

    private interface Writing {
        void write() throws IOException;
    }

    Multi<Buffer> pieces() {
        return Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().uni(written(this::lists)),
                        Multi.createFrom().iterable(all.stores()).onItem().transformToMultiAndConcatenate(this::events),
                        Multi.createFrom().uni(written(() -> archive.finish(owner.id(), clock.instant()))))
                .filter(piece -> piece.length() > 0);
    }

    /// Packing takes time that an event loop has not got.
    private Uni<Buffer> written(Writing writing) {
        return Uni.createFrom().item(() -> piece(writing)).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private Buffer piece(Writing writing) {
        try {
            writing.write();
            return archive.take();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private void lists() throws IOException {
        archive.file("profile.json", all.profile());
        archive.file(Archive.STORES, all.ownStores());
        archive.file("households.json", all.households());
        archive.file("aliases.json", all.aliases());
        archive.file("tokens.json", all.tokens());
        archive.file("sessions.json", all.sessions());
    }

    private Multi<Buffer> events(Store store) {
        var file = Archive.eventsOf(store.id().value());
        var cursor = new AtomicLong();
        var pages = Uni.createFrom()
                .deferred(() -> page(store, cursor))
                .repeat()
                .whilst(_ -> cursor.get() < store.head().value());
        return Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().uni(written(() -> archive.beginEvents(file))),
                        store.head().value() == 0 ? Multi.createFrom().empty() : pages,
                        Multi.createFrom().uni(written(archive::endEvents)));
    }

    private Uni<Buffer> page(Store store, AtomicLong cursor) {
        long left = store.head().value() - cursor.get();
        var read = new Read(
                store.id(),
                Optional.of(store.generation()),
                Optional.empty(),
                cursor.get(),
                Direction.FORWARD,
                (int) Math.min(left, pageEvents),
                PIECE_BYTES);
        return log.read(Caller.of(owner), read)
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(result -> {
                    if (!(result instanceof ReadResult.Page(var _, var events, var _)) || events.isEmpty()) {
                        throw new EventLogUnavailable("a store's history was replaced while it was exported", null);
                    }
                    cursor.set(events.getLast().sequence().value());
                    return piece(() -> {
                        for (var event : events) {
                            archive.line(EventLines.write(event));
                        }
                    });
                });
    }
}
