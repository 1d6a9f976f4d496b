package dev.hearth.problems;

import dev.hearth.contracts.Trace;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.MDC;

/// The trace of what is being done here and now, by which its lines in the logs are found.
public final class Traces {
    /// On each line, if it has one.
    static final String FIELD = "traceId";

    // Beside it, for who passes the trace on; never on a line.
    private static final String WHOLE = "traceparent";

    private Traces() {}

    /// What follows belongs to this trace.
    static void enter(Trace trace) {
        MDC.put(FIELD, trace.id());
        MDC.put(WHOLE, trace.toString());
    }

    /// That of the request, where one is being worked on.
    public static Optional<Trace> current() {
        return MDC.get(WHOLE) instanceof String traceparent ? Trace.parse(traceparent) : Optional.empty();
    }

    /// Does something as part of this trace, and of no other. On an event loop, what follows from it later does too.
    public static <T> T during(Optional<Trace> trace, Supplier<T> work) {
        return Vertx.currentContext() instanceof ContextInternal context
                ? inItsOwnContext(context, trace, work)
                : onThisThread(trace, work);
    }

    /// Quarkus keeps these fields with a request's context. With an event loop's own they are lost at once.
    private static <T> T inItsOwnContext(ContextInternal context, Optional<Trace> trace, Supplier<T> work) {
        var own = (ContextInternal) VertxContext.createNewDuplicatedContext(context);
        var before = own.beginDispatch();
        try {
            trace.ifPresent(Traces::enter);
            return work.get();
        } finally {
            own.endDispatch(before);
        }
    }

    private static <T> T onThisThread(Optional<Trace> trace, Supplier<T> work) {
        var before = current();
        try {
            set(trace);
            return work.get();
        } finally {
            set(before);
        }
    }

    private static void set(Optional<Trace> trace) {
        trace.ifPresentOrElse(Traces::enter, Traces::leave);
    }

    private static void leave() {
        MDC.remove(FIELD);
        MDC.remove(WHOLE);
    }

    /// Says something as part of this trace, and of no other.
    public static void say(Optional<Trace> trace, Runnable line) {
        during(trace, () -> {
            line.run();
            return trace;
        });
    }
}
