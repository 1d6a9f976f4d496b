package dev.hearth.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.standalone.demo.Api.Answer;
import dev.hearth.standalone.demo.Api.Call;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Two people who share a store, and what somebody else sees of it. Each step fails at the first thing that does not
/// hold.
public final class Household {
    private static final Duration GONE_WITHIN = Duration.ofSeconds(5);
    /// Programs that run apart hear of a new member within a second.
    private static final Duration KNOWN_WITHIN = Duration.ofSeconds(5);
    /// Not found; and who may not make a store for a household is told so, whether there is one or not.
    private static final Set<Integer> NOTHING_HERE = Set.of(404, 403);

    private final Server owner;
    private final Server guest;
    private final String name;
    private final Ids ids;

    private Household(Server owner, Server guest, String name, Ids ids) {
        this.owner = owner;
        this.guest = guest;
        this.name = name;
        this.ids = ids;
    }

    /// What the addresses of the household are made of.
    private record Ids(String household, String store, String guest) {
        static Ids madeUp() {
            return new Ids(random(), random(), random());
        }

        private static String random() {
            return UUID.randomUUID().toString();
        }

        String hiddenIn(JsonNode body) {
            return body.toString().replace(household, "…").replace(store, "…").replace(guest, "…");
        }

        /// Whatever somebody could try with them.
        List<Call> addresses() {
            var home = "/api/v1/households/" + household;
            var log = "/api/v1/stores/" + store;
            var alias = "/api/v1/stores/aliases/livestore/theirs";
            return List.of(
                    Call.get(log),
                    Call.get(log + "/events"),
                    Call.get(log + "/events?before=end"),
                    Call.get(log + "/live"),
                    new Call("POST", log + "/events", event()),
                    new Call("DELETE", log + "?confirm=todos&generation=1", Map.of()),
                    new Call("PUT", alias, Map.of("store", store)),
                    new Call("PUT", alias, Map.of("household", household)),
                    new Call("POST", "/api/v1/stores", Map.of("name", "theirs", "household", household)),
                    Call.get(home + "/members"),
                    Call.get(home + "/invites"),
                    new Call("PATCH", home, Map.of("name", "Mine")),
                    new Call("POST", home + "/invites", Map.of("days", 1)),
                    new Call("PUT", home + "/members/" + guest, Map.of("role", "admin")),
                    new Call("DELETE", home + "/members/" + guest, Map.of()));
        }
    }

    /// Makes a household with a store of this name for LiveStore apps, invites somebody, and waits until they are in.
    public static Household of(Server owner, Cast cast, String name) {
        var api = new Api(owner);
        var household = text(api.demand(new Call("POST", "/api/v1/households", Map.of("name", "Elm Street"))), "id");
        var store = text(onceKnown(api, new Call("PUT", alias(name), Map.of("household", household))), "id");
        var home = "/api/v1/households/" + household;
        var code = text(api.demand(new Call("POST", home + "/invites", Map.of("days", 1))), "code");
        var guest = cast.invited(code);
        var theirs = new Api(guest);
        onceKnown(theirs, new Call("PUT", alias(name), Map.of("store", store)));
        return new Household(owner, guest, name, new Ids(household, store, text(theirs.get("/auth/whoami"), "id")));
    }

    private static JsonNode onceKnown(Api api, Call call) {
        Patience.until(
                "the new member is known",
                KNOWN_WITHIN,
                () -> !NOTHING_HERE.contains(api.ask(call).status()));
        // The same again: nothing changes by it.
        return api.demand(call);
    }

    private static String alias(String name) {
        return "/api/v1/stores/aliases/livestore/" + name;
    }

    private static String text(JsonNode answer, String field) {
        var value = answer.path(field).asText();
        if (value.isEmpty()) {
            throw new DemoFailed("an answer of the server has no " + field);
        }
        return value;
    }

    /// The devices of both, which reach the household's store by the name that each has given it.
    public Pair devices(Transport transport, LiveStoreApp app, Path folder) {
        return Pair.offline(name, transport, app, owner, guest, folder);
    }

    /// Somebody who knows all the ids tries them; each answer must be what a made-up id gets. Returns how many.
    public int tryAs(Server outsider) {
        var api = new Api(outsider);
        var madeUp = Ids.madeUp();
        var real = ids.addresses();
        var fantasies = madeUp.addresses();
        for (int i = 0; i < real.size(); i++) {
            var foreign = api.ask(real.get(i));
            var missing = api.ask(fantasies.get(i));
            if (!NOTHING_HERE.contains(foreign.status()) || !same(ids, foreign, madeUp, missing)) {
                throw new DemoFailed("an outsider was answered " + foreign.status() + " by " + real.get(i) + ", and "
                        + missing.status() + " where nothing is");
            }
        }
        if (!api.get("/api/v1/stores").path("stores").isEmpty()
                || !api.get("/api/v1/households").isEmpty()) {
            throw new DemoFailed("an outsider is shown what is not theirs");
        }
        return real.size();
    }

    private static boolean same(Ids ids, Answer foreign, Ids madeUp, Answer missing) {
        return foreign.status() == missing.status()
                && ids.hiddenIn(foreign.body()).equals(madeUp.hiddenIn(missing.body()));
    }

    /// Takes the guest out while they follow the store; returns how long their stream went on. Then they are outside.
    public Duration takeGuestOut() {
        var end = new Api(guest).follow("/api/v1/stores/" + ids.store() + "/live");
        long start = System.nanoTime();
        new Api(owner)
                .demand(new Call(
                        "DELETE", "/api/v1/households/" + ids.household() + "/members/" + ids.guest(), Map.of()));
        try {
            Patience.asFailure(() -> end.get(GONE_WITHIN.multipliedBy(4).toSeconds(), TimeUnit.SECONDS));
        } catch (DemoFailed failure) {
            throw failure.getCause() instanceof TimeoutException
                    ? new DemoFailed("who was taken out goes on reading")
                    : failure;
        }
        var time = Duration.ofNanos(System.nanoTime() - start);
        if (time.compareTo(GONE_WITHIN) > 0) {
            throw new DemoFailed("who was taken out read on for " + time.toSeconds() + " s");
        }
        tryAs(guest);
        return time;
    }

    private static Map<String, ?> event() {
        return Map.of(
                "events",
                List.of(Map.of(
                        "id",
                        UUID.randomUUID().toString(),
                        "type",
                        "todo.added",
                        "stream",
                        "todos",
                        "data",
                        Map.of("text", "not mine"))));
    }
}
