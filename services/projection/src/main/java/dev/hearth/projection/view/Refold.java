package dev.hearth.projection.view;

import dev.hearth.contracts.StreamId;
import dev.hearth.eventlog.Event;
import dev.hearth.eventlog.EventLog;
import dev.hearth.eventlog.Read;
import dev.hearth.eventlog.Read.Direction;
import dev.hearth.eventlog.ReadResult;
import dev.hearth.projection.fold.Checkpoint;
import dev.hearth.projection.fold.Fold;
import dev.hearth.projection.fold.Standing;
import dev.hearth.projection.fold.StoreFacts;
import dev.hearth.projection.fold.View;
import dev.hearth.projection.fold.View.Unit;
import dev.hearth.projection.view.Shelf.OpenedStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/// Redrive: folds parked streams again from the log, in one transaction, so that nobody sees half of it. Where
/// a row is made of the whole store, the whole store is folded again.
public final class Refold<R> {
    private final View<R> view;
    private final Shelf<R> shelf;
    private final EventLog log;
    private final int pageEvents;

    public Refold(View<R> view, Shelf<R> shelf, EventLog log, int pageEvents) {
        this.view = view;
        this.shelf = shelf;
        this.log = log;
        this.pageEvents = pageEvents;
    }

    /// Folds the store's parked streams again; how many events are parked after that.
    public Uni<Integer> redrive(StoreFacts store) {
        return shelf.onStore(
                store,
                opened -> opened.standing(true)
                        .filter(standing -> !standing.parked().isEmpty())
                        .map(standing -> refold(opened, store, standing))
                        .orElseGet(() -> Uni.createFrom().item(0)));
    }

    private Uni<Integer> refold(OpenedStore<R> opened, StoreFacts store, Standing standing) {
        List<Optional<StreamId>> units = view.unit() == Unit.STORE
                ? List.of(Optional.empty())
                : standing.parked().stream().map(Optional::of).toList();
        return Multi.createFrom()
                .iterable(units)
                .onItem()
                .transformToUniAndConcatenate(unit -> refold(opened, store, standing, unit))
                .collect()
                .asList()
                .map(left -> left.stream().mapToInt(Integer::intValue).sum());
    }

    private Uni<Integer> refold(OpenedStore<R> opened, StoreFacts store, Standing standing, Optional<StreamId> stream) {
        var fold = Fold.anew(view, store, standing);
        var cursor = new long[] {0};
        return Uni.createFrom()
                .deferred(() -> log.read(Projector.owner(store), page(store, standing, stream, cursor[0])))
                .map(result -> takePage(fold, page(store, result), standing.checkpoint(), stream, cursor))
                .repeat()
                .whilst(more -> more)
                .collect()
                .last()
                .flatMap(_ -> opened.replace(standing.build(), stream, fold.result()))
                .map(_ -> fold.result().parked())
                .invoke(new FoldLines(view.name(), store, standing.build())::sayParked)
                .map(List::size);
    }

    /// A history that was replaced just now takes what is parked with it: the next attempt will see that.
    private static ReadResult.Page page(StoreFacts store, ReadResult result) {
        if (result instanceof ReadResult.Page page) {
            return page;
        }
        throw new LogBehind(store.id());
    }

    private boolean takePage(
            Fold<R> fold, ReadResult.Page page, Checkpoint upTo, Optional<StreamId> stream, long[] cursor) {
        if (page.events().isEmpty()) {
            return false;
        }
        fold.again(page.events(), upTo);
        Event last = page.events().getLast();
        cursor[0] =
                stream.isPresent() ? last.revision().value() : last.sequence().value();
        return page.more() && upTo.reaches(Checkpoint.at(last));
    }

    private Read page(StoreFacts store, Standing standing, Optional<StreamId> stream, long cursor) {
        return new Read(
                store.id(),
                Optional.of(standing.checkpoint().generation()),
                stream,
                cursor,
                Direction.FORWARD,
                pageEvents,
                Read.DEFAULT_MAX_BYTES);
    }
}
