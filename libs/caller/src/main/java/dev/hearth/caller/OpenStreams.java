package dev.hearth.caller;

import dev.hearth.contracts.Caller;
import dev.hearth.problems.Problem;
import dev.hearth.problems.ProblemException;
import io.quarkus.logging.Log;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What stays open longer than a request takes: streams, connections, held answers. Their callers were let in once;
/// when something changes that this hangs on, they are asked about again.
@ApplicationScoped
public class OpenStreams implements IdentityFeed.Listener {
    private static final int AT_ONCE = 16;

    /// One of them. It is told on any thread.
    public interface Stream {
        /// Its caller is still let in, but is not who they were: they reach other stores, or may do other things.
        void goOnAs(Caller caller);

        /// Its caller is not let in any more, or nobody can say.
        void end(Problem why);

        /// One that hangs on something its caller has to reach: `reached` fails when they do not, and is asked when
        /// they are not who they were.
        static Stream of(Function<Caller, Uni<?>> reached, Consumer<Problem> end) {
            return new Stream() {
                @Override
                public void goOnAs(Caller caller) {
                    reached.apply(caller).subscribe().with(_ -> {}, failure -> end(Doors.why(failure)));
                }

                @Override
                public void end(Problem why) {
                    end.accept(why);
                }
            };
        }
    }

    private static final class Open {
        private final Presented presented;
        private final Stream stream;
        private final AtomicInteger asked = new AtomicInteger();
        private volatile Known known;

        Open(Presented presented, Stream stream) {
            this.presented = presented;
            this.stream = stream;
            this.known = presented.known();
        }

        void isStill(Known now) {
            boolean same = now.caller().equals(known.caller());
            known = now;
            if (!same) {
                stream.goOnAs(now.caller());
            }
        }
    }

    private final Set<Open> streams = ConcurrentHashMap.newKeySet();

    OpenStreams(IdentityFeed feed) {
        feed.listen(this);
    }

    /// Watches over a stream of this identity's until what is returned is run.
    public Runnable open(SecurityIdentity identity, Stream stream) {
        Presented presented = identity.getAttribute(Callers.PRESENTED);
        if (presented == null) {
            throw new IllegalArgumentException("only callers have streams");
        }
        var opened = new Open(presented, stream);
        streams.add(opened);
        // What changed between the door and here was told to nobody.
        if (!presented.isRemembered().getAsBoolean()) {
            askAgain(presented, List.of(opened)).subscribe().with(_ -> {});
        }
        return () -> streams.remove(opened);
    }

    /// Waits for `answer` as long as this identity's caller is let in and reaches it; see `Stream.of`.
    public <T> Uni<T> whileOpen(SecurityIdentity identity, Function<Caller, Uni<?>> reached, Uni<T> answer) {
        Uni<T> ended = Uni.createFrom()
                .emitter(emitter -> emitter.onTermination(
                        open(identity, Stream.of(reached, problem -> emitter.fail(new ProblemException(problem))))));
        return Uni.join().first(answer, ended).toTerminate();
    }

    /// How many are open now.
    public int count() {
        return streams.size();
    }

    @Override
    public void changed(Changes changes) {
        var affected = streams.stream()
                .filter(open -> changes.lost() || !Collections.disjoint(open.known.hangsOn(), changes.subjects()))
                .collect(Collectors.groupingBy(open -> open.presented.key()));
        Multi.createFrom()
                .iterable(affected.values())
                .onItem()
                .transformToUni(open -> askAgain(open.getFirst().presented, open))
                .merge(AT_ONCE)
                .subscribe()
                .with(_ -> {});
    }

    @Override
    public void silent() {
        end(List.copyOf(streams), Doors.NOBODY_CAN_SAY);
    }

    /// Of two answers for one stream only that to the later question counts.
    private Uni<Void> askAgain(Presented presented, Collection<Open> open) {
        return Uni.createFrom().deferred(() -> {
            var questions = open.stream().collect(Collectors.toMap(one -> one, one -> one.asked.incrementAndGet()));
            return presented
                    .again()
                    .get()
                    .invoke(known -> questions.forEach((one, question) -> {
                        if (one.asked.get() == question) {
                            one.isStill(known);
                        }
                    }))
                    .replaceWithVoid()
                    .onFailure()
                    .recoverWithUni(failure -> {
                        end(open, Doors.why(failure));
                        return Uni.createFrom().voidItem();
                    });
        });
    }

    private void end(Collection<Open> open, Problem why) {
        open.stream().filter(streams::remove).forEach(one -> {
            Log.debugf("open stream ended: reason=%s", why.problemType().slug());
            one.stream.end(why);
        });
    }
}
