package dev.hearth.standalone.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// From an append until a query shows it.
public final class ViewRow implements Row {
    private static final int WARM_UP = 30;
    private static final int EVENTS = 200;
    private static final double GOAL_MS = 150;

    @Override
    public String name() {
        return "view";
    }

    @Override
    public String about() {
        return "an append until the view \"usage\" shows it, by itself and with Hearth-Min-Sequence";
    }

    @Override
    public List<Figure> measure(Subject subject, Telling telling) {
        telling.say("append → view");
        try (var calls = new Stores(subject)) {
            String store = calls.open();
            var byItself = new Histogram(3);
            var asked = new Histogram(3);
            long sequence = 0;
            for (int i = 0; i < WARM_UP + EVENTS; i++) {
                long before = total(calls);
                long sent = append(calls, store);
                sequence++;
                while (total(calls) <= before) {
                    Thread.onSpinWait();
                }
                note(byItself, i, sent);
            }
            for (int i = 0; i < WARM_UP + EVENTS; i++) {
                long sent = append(calls, store);
                sequence++;
                calls.get("/api/v1/usage?limit=1", "Hearth-Min-Sequence", store + "=1-" + sequence);
                note(asked, i, sent);
            }
            return List.of(
                    figure("append → view, by Kafka", byItself, "asked again and again"),
                    figure("append → view, read what I wrote", asked, "asked once, with Hearth-Min-Sequence"));
        }
    }

    private static void note(Histogram latencies, int nth, long sent) {
        if (nth >= WARM_UP) {
            latencies.recordValue(System.nanoTime() - sent);
        }
    }

    private static Figure figure(String what, Histogram latencies, String beside) {
        double p99 = latencies.getValueAtPercentile(99);
        return new Figure(
                what,
                "p50 " + Texts.milliseconds(latencies.getValueAtPercentile(50)) + ", p99 " + Texts.milliseconds(p99),
                beside,
                "p99 ≤ 150 ms",
                p99 <= TimeUnit.MILLISECONDS.toNanos((long) GOAL_MS));
    }

    private static long append(Stores calls, String store) {
        long sent = System.nanoTime();
        calls.post("/api/v1/stores/" + store + "/events", Events.append(1));
        return sent;
    }

    private static long total(Stores calls) {
        return calls.get("/api/v1/usage?limit=1").path("total").path("events").asLong();
    }
}
