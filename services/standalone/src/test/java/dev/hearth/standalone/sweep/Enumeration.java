package dev.hearth.standalone.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.testkit.sweep.Answer;
import dev.hearth.testkit.sweep.Ask;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/// What a stranger can find out about who is here: the answers are compared, and their times told.
final class Enumeration {
    private record Timed(Answer answer, long nanos) {}

    private final Scene scene;

    Enumeration(Scene scene) {
        this.scene = scene;
    }

    /// A wrong password of somebody who is here, and of nobody. At once, as each takes a second.
    String login(int times) throws InterruptedException, ExecutionException {
        var known = new ArrayList<Ask>();
        var unknown = new ArrayList<Ask>();
        for (int i = 0; i < times; i++) {
            known.add(login(i % 2 == 0 ? scene.friend.email : scene.disabled.email));
            unknown.add(login("nobody-" + i + "@sweep.example"));
        }
        return compared(timed(known, times), timed(unknown, times));
    }

    private static Ask login(String email) {
        return Ask.of("POST", "/auth/login").withJson("{\"email\":\"" + email + "\",\"password\":\"none of theirs\"}");
    }

    /// A code that was used, and one that nobody has.
    String invite(String used, int times) throws InterruptedException, ExecutionException {
        var known = new ArrayList<Ask>();
        var unknown = new ArrayList<Ask>();
        for (int i = 0; i < times; i++) {
            known.add(Ask.of("GET", "/api/v1/invites/" + used));
            unknown.add(Ask.of("GET", "/api/v1/invites/" + Scene.NO_CODE));
        }
        return compared(timed(known, 1), timed(unknown, 1));
    }

    private List<Timed> timed(List<Ask> asks, int atOnce) throws InterruptedException, ExecutionException {
        List<Timed> answers = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(atOnce)) {
            for (var one :
                    asks.stream().map(ask -> threads.submit(() -> timed(ask))).toList()) {
                answers.add(one.get());
            }
        }
        return answers;
    }

    private Timed timed(Ask ask) {
        long start = System.nanoTime();
        var answer = scene.wire.send(ask);
        return new Timed(answer, System.nanoTime() - start);
    }

    /// The answers must be one and the same; how much longer one takes is told, and nobody's to fail on.
    private static String compared(List<Timed> known, List<Timed> unknown) {
        var first = known.getFirst().answer();
        assertThat(first.status()).isBetween(400, 499);
        List.of(known, unknown)
                .forEach(all -> all.forEach(one -> {
                    assertThat(one.answer().status()).isEqualTo(first.status());
                    assertThat(one.answer().body()).isEqualTo(first.body());
                }));
        return String.format(Locale.ROOT, "%+.1f %%", 100.0 * (median(known) - median(unknown)) / median(unknown));
    }

    private static long median(List<Timed> all) {
        return all.stream().mapToLong(Timed::nanos).sorted().toArray()[all.size() / 2];
    }
}
