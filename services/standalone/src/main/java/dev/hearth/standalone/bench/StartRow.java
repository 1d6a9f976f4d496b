package dev.hearth.standalone.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// From the command to `ready`.
public final class StartRow implements Row {
    private static final int RUNS = 3;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String about() {
        return "from the command to `ready`: the first time ever, later, and after kill -9";
    }

    @Override
    public List<Figure> measure(Subject subject, Telling telling) {
        telling.say("start: the first ever (empty data folder, empty cache)");
        var first = subject.firstStart();
        telling.say("start: later");
        var later = median(subject::restart);
        telling.say("start: after kill -9");
        var killed = median(subject::killAndRestart);
        return List.of(
                figure("ready, the first start ever", first, 60, "unpacks Postgres and Keycloak, makes all data"),
                figure("ready, later", later, 10, "median of " + RUNS),
                figure("ready, after kill -9", killed, 15, "median of " + RUNS));
    }

    private static Duration median(Supplier<Duration> start) {
        List<Duration> taken = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            taken.add(start.get());
        }
        return taken.stream().sorted().toList().get(RUNS / 2);
    }

    private static Figure figure(String what, Duration taken, int goal, String beside) {
        return new Figure(
                what, Texts.seconds(taken), beside, "≤ " + goal + " s", taken.compareTo(Duration.ofSeconds(goal)) <= 0);
    }
}
