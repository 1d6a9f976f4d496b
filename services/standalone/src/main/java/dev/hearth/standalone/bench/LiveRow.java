package dev.hearth.standalone.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// From a device's append until the others have the event.
public final class LiveRow implements Row {
    private static final int WARM_UP_EVENTS = 40;
    private static final int EVENTS = 150;

    /// @param p99 the goal in milliseconds; 0: none
    private record Size(int streams, int perSecond, double p50, double p99) {}

    private static final List<Size> SIZES =
            List.of(new Size(1, 50, 10, 50), new Size(180, 20, 0, 150), new Size(2_000, 5, 0, 0));

    @Override
    public String name() {
        return "live";
    }

    @Override
    public String about() {
        return "an append until the event is on other devices' streams: 1, 180 and 2,000 streams on one store";
    }

    @Override
    public List<Figure> measure(Subject subject, Telling telling) {
        List<Figure> figures = new ArrayList<>();
        SIZES.forEach(size -> figures.add(measure(subject, telling, size)));
        return figures;
    }

    private static Figure measure(Subject subject, Telling telling, Size size) {
        String what = "append → live stream, " + (size.streams() == 1 ? "1 stream" : size.streams() + " streams") + ", "
                + size.perSecond() + " events/s";
        telling.say(what);
        long before = subject.memory();
        try (var calls = new Stores(subject)) {
            String store = calls.open();
            try (var streams = new Streams(subject, store, size.streams());
                    var load = new Load(subject, 1)) {
                long held = subject.memory() - before;
                var append = new Load.Post("/api/v1/stores/" + store + "/events", "");
                writing(load, append, WARM_UP_EVENTS, size.perSecond());
                streams.awaitEach(WARM_UP_EVENTS);
                streams.forget();
                var appends = writing(load, append, EVENTS, size.perSecond());
                streams.awaitEach(WARM_UP_EVENTS + EVENTS);
                return figure(what, size, streams.latencies(), appends, held);
            }
        }
    }

    private static Figure figure(String what, Size size, Histogram arrived, Histogram appends, long held) {
        double p50 = arrived.getValueAtPercentile(50) / 1e6;
        double p99 = arrived.getValueAtPercentile(99) / 1e6;
        boolean met = (size.p50() == 0 || p50 <= size.p50()) && (size.p99() == 0 || p99 <= size.p99());
        String goal = size.p50() > 0 ? "p50 ≤ 10 ms, p99 ≤ 50 ms" : size.p99() > 0 ? "p99 ≤ 150 ms" : "all are served";
        String memory = size.streams() > 1 ? "; memory + " + Texts.megabytes(held) : "";
        return new Figure(
                what,
                "p50 " + Texts.milliseconds(p50 * 1e6) + ", p99 " + Texts.milliseconds(p99 * 1e6) + memory,
                "the append's own answer: p50 " + Texts.milliseconds(appends.getValueAtPercentile(50)) + ", p99 "
                        + Texts.milliseconds(appends.getValueAtPercentile(99)),
                goal,
                met);
    }

    /// Appends at an even pace; how long the answers took.
    private static Histogram writing(Load load, Load.Post to, int events, int perSecond) {
        var latencies = new Histogram(3);
        long next = System.nanoTime();
        for (int i = 0; i < events; i++) {
            pause(next - System.nanoTime());
            next += TimeUnit.SECONDS.toNanos(1) / perSecond;
            long sent = System.nanoTime();
            load.sendOne(new Load.Post(to.path(), Events.append(1)));
            latencies.recordValue(System.nanoTime() - sent);
        }
        return latencies;
    }

    private static void pause(long nanoseconds) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanoseconds);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BenchFailed("interrupted");
        }
    }
}
