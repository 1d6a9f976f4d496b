package dev.hearth.sync.live;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/// A client that takes items one by one as it is told to, and notes what it got.
final class Client implements Flow.Subscriber<LiveItem> {
    private final boolean eager;
    private final List<LiveItem> items = new ArrayList<>();
    private Flow.@Nullable Subscription subscription;
    private @Nullable Throwable failure;
    private boolean completed;

    private Client(boolean eager) {
        this.eager = eager;
    }

    /// Asks for the next item as soon as it has one.
    static Client eager() {
        return new Client(true);
    }

    /// Asks only when told to.
    static Client patient() {
        return new Client(false);
    }

    void take(int count) {
        subscription().request(count);
    }

    void leave() {
        subscription().cancel();
    }

    private synchronized Flow.Subscription subscription() {
        return java.util.Objects.requireNonNull(subscription);
    }

    synchronized List<LiveItem> items() {
        return List.copyOf(items);
    }

    synchronized List<Long> sequences() {
        return items.stream()
                .flatMap(item ->
                        item instanceof LiveItem.Events page ? page.events().stream() : java.util.stream.Stream.of())
                .map(event -> event.event().sequence().value())
                .toList();
    }

    synchronized @Nullable Throwable failure() {
        return failure;
    }

    synchronized boolean completed() {
        return completed;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        synchronized (this) {
            subscription = given;
        }
        if (eager) {
            given.request(1);
        }
    }

    @Override
    public void onNext(LiveItem item) {
        synchronized (this) {
            items.add(item);
        }
        if (eager) {
            take(1);
        }
    }

    @Override
    public synchronized void onError(Throwable reason) {
        failure = reason;
    }

    @Override
    public synchronized void onComplete() {
        completed = true;
    }
}
