package dev.hearth.standalone.sweep;

import dev.hearth.testkit.sweep.Answer;
import dev.hearth.testkit.sweep.Ask;
import dev.hearth.testkit.sweep.Fuzz;
import dev.hearth.testkit.sweep.Operation;
import dev.hearth.testkit.sweep.Refusals;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Odd requests of somebody who may ask: each is answered with what the page says, or with a problem.
final class Fuzzing {
    /// More would be more, but a build has minutes.
    static final int CASES = Integer.getInteger("hearth.sweep.cases", 80);
    /// The same each time, so that a build fails by what was changed in it. Another one finds something else.
    static final long SEED = Long.getLong("hearth.sweep.seed", 20_261_121);
    private static final int AT_ONCE = 6;
    /// Each of these is a password hashed, or a second waited for. The view is built anew.
    private static final Map<String, Integer> SLOW = Map.of(
            "POST /auth/login", 4,
            "POST /auth/deletion/cancel", 4,
            "POST /auth/register", 4,
            "POST /auth/step-up", 8,
            "POST /api/v1/admin/views/{view}/rebuild", 8);

    private final Scene scene;
    private final Person owner;
    /// Administrators act on them.
    private final Person pawn;
    private final Person admin;
    final Queue<String> faults = new ConcurrentLinkedQueue<>();
    final AtomicInteger cases = new AtomicInteger();
    final AtomicInteger successes = new AtomicInteger();

    Fuzzing(Scene scene, Person owner, Person pawn, Person admin) {
        this.scene = scene;
        this.pawn = pawn;
        this.owner = owner;
        this.admin = admin;
    }

    void fuzz(Row row, Operation operation) throws InterruptedException, ExecutionException {
        int count = CASES / SLOW.getOrDefault(row.key(), 1);
        if (row.takes() == Takes.OWNER || row.takes() == Takes.SOMEBODY) {
            signInAgain();
        }
        var good = good(row, operation);
        try (var threads =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            var asks = new Fuzz(operation, good, SEED).cases(count);
            var done = asks.subList(1, asks.size()).stream()
                    .map(ask -> threads.submit(() -> look(operation, ask)))
                    .toList();
            for (var one : done) {
                one.get();
            }
        }
    }

    /// The last of its tries that is answered with success, as that has most in it.
    private Ask good(Row row, Operation operation) {
        var asks = row.asks(row.takes() == Takes.ADMIN ? pawn.ids : owner.ids).reversed();
        @Nullable Answer last = null;
        for (Ask ask : asks) {
            var credited = packed(row, credited(row, ask));
            last = look(operation, credited);
            if (last.status() < 400) {
                return credited;
            }
        }
        if (row.takes() != Takes.SERVICE) {
            faults.add(row.key() + " never succeeds, so little of it is tried: " + last);
        }
        return credited(row, asks.getFirst());
    }

    /// What is taken in is what was given out.
    private Ask packed(Row row, Ask ask) {
        return row.key().equals("POST /api/v1/account/import")
                ? ask.withBody(
                        "application/zip",
                        scene.wire
                                .send(Scene.as(owner, Ask.of("GET", "/api/v1/account/export")))
                                .bytes())
                : ask;
    }

    /// Some rows sign out.
    private void signInAgain() {
        var who = Ask.of("GET", "/auth/whoami");
        if (scene.wire.send(Scene.as(owner, who)).status() == 401) {
            scene.signIn(owner);
        }
        if (scene.wire.send(Scene.withCookie(owner.cookie, who)).status() == 401) {
            owner.cookie = Scene.cookie(scene.session(owner));
        }
    }

    private Ask credited(Row row, Ask ask) {
        if (row.key().equals("POST /auth/step-up")) {
            return Scene.withCookie(owner.cookie, ask);
        }
        return switch (row.takes()) {
            case ANYBODY, SERVICE -> ask;
            case SOMEBODY, OWNER -> Scene.as(owner, ask);
            case ADMIN -> Scene.as(admin, ask);
        };
    }

    private Answer look(Operation operation, Ask ask) {
        cases.incrementAndGet();
        var answer = scene.wire.send(ask);
        if (Unreadable.is(ask)) {
            Unreadable.faults(answer).forEach(fault -> fault(ask, answer, fault));
        } else if (answer.status() >= 400) {
            Refusals.faults(ask, answer).forEach(fault -> fault(ask, answer, fault));
        } else if (ask.method().equals(operation.method()) && isHere(operation, ask)) {
            successes.incrementAndGet();
            operation.api().faults(operation, answer).forEach(fault -> fault(ask, answer, fault));
        }
        return answer;
    }

    /// A value may have made another address of it.
    private static boolean isHere(Operation operation, Ask ask) {
        var steps = operation.path().split("/");
        var path = ask.target().split("\\?")[0].split("/", -1);
        if (steps.length != path.length) {
            return false;
        }
        for (int i = 0; i < steps.length; i++) {
            if (steps[i].startsWith("{") ? path[i].isEmpty() || path[i].startsWith(".") : !steps[i].equals(path[i])) {
                return false;
            }
        }
        return true;
    }

    private void fault(Ask ask, Answer answer, String why) {
        faults.add(ask.method() + " " + shortened(ask.target()) + " "
                + shortened(ask.headers().stream()
                        .filter(header -> !header.getKey().equals("Authorization"))
                        .toList()
                        .toString())
                + " " + shortened(new String(ask.body(), java.nio.charset.StandardCharsets.UTF_8)) + " → "
                + answer + ": " + why);
    }

    private static String shortened(String text) {
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }

    static List<String> some(Queue<String> faults) {
        return faults.stream().limit(400).toList();
    }
}
