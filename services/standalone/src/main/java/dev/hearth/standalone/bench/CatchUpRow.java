package dev.hearth.standalone.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;

/// A device that was away for long, or is new.
public final class CatchUpRow implements Row {
    private static final int EVENTS = 100_000;
    private static final int RUNS = 5;
    private static final double GOAL = 0.5;
    private static final Pattern NEXT = Pattern.compile("\"more\":(true|false),\"next\":(\\d+)");

    @Override
    public String name() {
        return "catch-up";
    }

    @Override
    public String about() {
        return "100,000 events to one client, in pages and as a stream";
    }

    @Override
    public List<Figure> measure(Subject subject, Telling telling) {
        telling.say("catch-up: appending 100,000 events");
        try (var calls = new Stores(subject);
                var http = HttpClient.newHttpClient()) {
            String store = Filled.store(calls, EVENTS);
            telling.say("catch-up: reading them");
            long before = subject.memory();
            var paged = new ArrayList<Double>();
            var streamed = new ArrayList<Double>();
            var copied = new ArrayList<Double>();
            // Taken in turns, so that all meet the machine in the same mood; the first ones warm up.
            IntStream.rangeClosed(0, RUNS).forEach(run -> {
                double copy = rate(() -> copy(subject, store));
                double pages = rate(() -> pages(subject, http, store));
                double stream = rate(() -> stream(subject, http, store));
                if (run > 0) {
                    copied.add(copy);
                    paged.add(pages);
                    streamed.add(stream);
                }
            });
            double raw = median(copied);
            String grown = Texts.megabytes(subject.memory() - before);
            return List.of(
                    figure("catch-up of 100,000 events, pages of 1,000", median(paged), raw, ""),
                    figure("catch-up of 100,000 events, one stream", median(streamed), raw, "; memory + " + grown));
        }
    }

    private static Figure figure(String what, double rate, double raw, String more) {
        return new Figure(
                what,
                Texts.rate(rate, "events") + more,
                "COPY TO STDOUT " + Texts.rate(raw, "rows") + ": " + Texts.percent(rate, raw),
                "≥ 50 %",
                rate >= GOAL * raw);
    }

    private static double median(List<Double> values) {
        return Texts.median(values.stream().mapToDouble(value -> value).toArray());
    }

    private interface Reading {
        void read() throws Exception;
    }

    private static double rate(Reading reading) {
        long started = System.nanoTime();
        try {
            reading.read();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BenchFailed("interrupted");
        } catch (Exception failure) {
            throw new BenchFailed("reading failed: " + failure, failure);
        }
        return EVENTS / ((System.nanoTime() - started) / 1e9);
    }

    private static void copy(Subject subject, String store) throws SQLException, IOException {
        try (var connection = subject.postgres()) {
            long rows = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut(
                            "copy (select * from event_store.event where store = '" + store
                                    + "' and generation = 1 order by sequence) to stdout",
                            OutputStream.nullOutputStream());
            if (rows != EVENTS) {
                throw new BenchFailed("COPY gave " + rows + " rows");
            }
        }
    }

    private static void pages(Subject subject, HttpClient http, String store) throws IOException, InterruptedException {
        long after = 0;
        boolean more = true;
        while (more) {
            var answer =
                    http.send(request(subject, store, "/events?limit=1000&after=" + after), BodyHandlers.ofByteArray());
            var head = new String(answer.body(), 0, Math.min(400, answer.body().length), StandardCharsets.UTF_8);
            var found = NEXT.matcher(head);
            if (answer.statusCode() != 200 || !found.find()) {
                throw new BenchFailed("a page answered " + answer.statusCode() + " " + head);
            }
            more = Boolean.parseBoolean(found.group(1));
            after = Long.parseLong(found.group(2));
        }
        if (after != EVENTS) {
            throw new BenchFailed("the pages ended at " + after);
        }
    }

    private static void stream(Subject subject, HttpClient http, String store)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> answer =
                http.send(request(subject, store, "/live?after=0"), BodyHandlers.ofInputStream());
        try (var lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8), 1 << 16)) {
            String last = "id:" + EVENTS;
            String line = lines.readLine();
            while (line != null && !line.replace(" ", "").startsWith(last) && !line.endsWith("-" + EVENTS)) {
                line = lines.readLine();
            }
            if (line == null) {
                throw new BenchFailed("the stream ended early");
            }
        }
    }

    private static HttpRequest request(Subject subject, String store, String what) {
        return HttpRequest.newBuilder(URI.create(subject.origin() + "/api/v1/stores/" + store + what))
                .header("Authorization", "Bearer " + subject.token())
                .build();
    }
}
