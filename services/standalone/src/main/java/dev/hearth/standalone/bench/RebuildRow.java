package dev.hearth.standalone.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/// All views anew from the log, while they answer.
public final class RebuildRow implements Row {
    private static final int STORES = 4;
    private static final int EVENTS = 50_000;
    private static final double GOAL = 20_000;
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Override
    public String name() {
        return "rebuild";
    }

    @Override
    public String about() {
        return "building the views anew from 200,000 events and more, with queries meanwhile";
    }

    @Override
    public List<Figure> measure(Subject subject, Telling telling) {
        try (var calls = new Stores(subject)) {
            telling.say("rebuild: appending " + STORES * EVENTS + " events");
            IntStream.range(0, STORES).forEach(_ -> Filled.store(calls, EVENTS));
            telling.say("rebuild: waiting for the view to have them");
            long events = events(subject);
            var queries = new AtomicLong();
            Waiting.until("the view", LOOK, PATIENCE, () -> shown(calls) >= events);
            telling.say("rebuild: " + events + " events");
            int live = view(calls).path("live").path("number").asInt();
            long started = System.nanoTime();
            calls.post("/api/v1/admin/views/usage/rebuild", "");
            Waiting.until("the view", LOOK, PATIENCE, () -> {
                if (shown(calls) < events) {
                    throw new BenchFailed("a query went back in time while the view was rebuilt");
                }
                queries.incrementAndGet();
                return view(calls).path("live").path("number").asInt() > live;
            });
            double seconds = (System.nanoTime() - started) / 1e9;
            double rate = events / seconds;
            return List.of(new Figure(
                    "rebuild of the view \"usage\", " + String.format("%,d", events) + " events",
                    Texts.rate(rate, "events"),
                    queries.get() + " queries answered meanwhile, none of them older",
                    "≥ 20,000/s",
                    rate >= GOAL));
        }
    }

    /// A query fails the bench when it is not answered.
    private static long shown(Stores calls) {
        return calls.get("/api/v1/usage?limit=1").path("total").path("events").asLong();
    }

    private static JsonNode view(Stores calls) {
        return calls.get("/api/v1/admin/views").path("views").path(0);
    }

    private static long events(Subject subject) {
        try (var connection = subject.postgres();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from event_store.event")) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException failure) {
            throw new BenchFailed("the events could not be counted: " + failure.getMessage(), failure);
        }
    }
}
