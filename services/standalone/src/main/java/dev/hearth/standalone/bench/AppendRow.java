package dev.hearth.standalone.bench;

import java.util.ArrayList;
import java.util.List;

/// From the request to the answer, which comes after the commit.
public final class AppendRow implements Row {
    private static final double GOAL = 0.6;
    private static final int MOST = 64;

    @Override
    public String name() {
        return "append";
    }

    @Override
    public String about() {
        return "appends a second: one event a request by 1, 16 and 64 clients, and batches of 100";
    }

    @Override
    public List<Figure> measure(Subject subject, Telling telling) {
        telling.say("append: warming up");
        try (var calls = new Stores(subject);
                var load = new Load(subject, MOST)) {
            var path = "/api/v1/stores/" + calls.open() + "/events";
            load.warmUp(MOST, _ -> new Load.Post(path, Events.append(1)));
        }
        List<Figure> figures = new ArrayList<>();
        figures.add(figure(subject, telling, 1, 1, 1));
        figures.add(figure(subject, telling, 16, 1, 16));
        figures.add(figure(subject, telling, 64, 1, 64));
        figures.add(figure(subject, telling, 64, 1, 1));
        figures.add(figure(subject, telling, 4, 100, 4));
        return figures;
    }

    private static Figure figure(Subject subject, Telling telling, int clients, int batch, int stores) {
        String what = "append, " + (batch == 1 ? "1 event" : batch + " events") + " a request, " + clients
                + (clients == 1 ? " client" : " clients")
                + (clients > 1 && stores == 1 ? ", all on one store" : "");
        telling.say(what);
        double raw = new RawPostgres(subject).inserts(clients, batch);
        try (var calls = new Stores(subject);
                var load = new Load(subject, clients)) {
            var paths = calls.open(stores).stream()
                    .map(store -> "/api/v1/stores/" + store + "/events")
                    .toList();
            var result = load.run(clients, client -> new Load.Post(paths.get(client % stores), Events.append(batch)));
            double events = result.perSecond() * batch;
            boolean bar = clients == 64 && stores == 64 || batch > 1;
            return new Figure(
                    what,
                    Texts.rate(events, "events") + "; p50 "
                            + Texts.milliseconds(result.latencies().getValueAtPercentile(50)) + ", p99 "
                            + Texts.milliseconds(result.latencies().getValueAtPercentile(99)),
                    Texts.rate(raw, "rows") + " straight into Postgres: " + Texts.percent(events, raw),
                    bar ? "≥ 60 %" : "",
                    events >= GOAL * raw);
        }
    }
}
