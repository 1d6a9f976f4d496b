package dev.hearth.standalone.sweep;

import dev.hearth.testkit.TestKeycloak;
import dev.hearth.testkit.sweep.Answer;
import dev.hearth.testkit.sweep.Ask;
import dev.hearth.testkit.sweep.Wire;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Forged, stolen and misused tokens, at each service and at each stream.
final class Tokens {
    private final Scene scene;
    private final Person owner;
    private final Map<String, String> tokens = new LinkedHashMap<>();
    private final String good;
    final List<String> faults = new ArrayList<>();
    int tries;

    Tokens(Scene scene, Person owner, String trap) {
        this.scene = scene;
        this.owner = owner;
        var attacks = scene.attacks(owner, trap);
        good = attacks.unchanged();
        tokens.putAll(attacks.all());
        tokens.put("refresh token", owner.refreshToken);
        tokens.put("ID token", owner.idToken);
        tokens.put("token of the master realm", masters());
        tokens.put("a session's secret", owner.cookie);
        tokens.put("nothing", "");
    }

    int attacks() {
        return tokens.size() + headers("").size();
    }

    /// Where a bearer is taken: each service that answers on the origin, and the streams.
    private Map<String, Ask> places() {
        var store = "/api/v1/stores/" + owner.ids.get(Id.STORE);
        return Map.of(
                "auth", Ask.of("GET", "/api/v1/account"),
                "projection", Ask.of("GET", "/api/v1/usage"),
                "sync", Ask.of("GET", store),
                "server-sent events", Ask.of("GET", store + "/live?after=0"),
                "WebSocket", Faces.upgrade(owner.ids.get(Id.FACE_STORE)));
    }

    void attack() {
        places().forEach((place, ask) -> {
            taken(place, scene.wire.send(ask.with("Authorization", "Bearer " + good)));
            tokens.forEach((name, token) -> refused(place, name, ask.with("Authorization", "Bearer " + token)));
            headers(good).forEach((name, change) -> refused(place, name, change.apply(ask)));
        });
        var store = owner.ids.get(Id.FACE_STORE);
        taken("WebSocket's payload", scene.wire.send(Faces.upgrade(store, good)));
        tokens.forEach((name, token) -> {
            if (!token.isEmpty()) {
                refused("WebSocket's payload", name, Faces.upgrade(store, token));
            }
        });
        calls(store);
    }

    /// LiveStore's calls over HTTP are answered in its own words.
    private void calls(String store) {
        tokens.forEach((name, token) -> {
            tries++;
            var answer = scene.wire.send(Faces.pull(store).with("Authorization", "Bearer " + token));
            boolean said =
                    answer.body().contains("\"Failure\"") || answer.body().contains("/problems/not-authenticated");
            if (answer.status() != 401 || !said) {
                faults.add("LiveStore's call, " + name + ": " + answer);
            }
        });
    }

    /// Good tokens, brought in ways that leave it open whose word counts, or that are none of ours.
    private Map<String, Function<Ask, Ask>> headers(String token) {
        var bearer = "Bearer " + token;
        Map<String, Function<Ask, Ask>> ways = new LinkedHashMap<>();
        ways.put(
                "two headers, good and bad",
                ask -> ask.with("Authorization", bearer).with("Authorization", "Bearer x"));
        ways.put(
                "two headers, bad and good",
                ask -> ask.with("Authorization", "Bearer x").with("Authorization", bearer));
        ways.put(
                "two headers, both good",
                ask -> ask.with("Authorization", bearer).with("Authorization", bearer));
        ways.put(
                "two headers, Basic first",
                ask -> ask.with("Authorization", "Basic YTpi").with("Authorization", bearer));
        ways.put("two in one header", ask -> ask.with("Authorization", bearer + ", " + bearer));
        ways.put("more behind it", ask -> ask.with("Authorization", bearer + " x"));
        ways.put("Basic", ask -> ask.with("Authorization", "Basic " + token));
        ways.put("DPoP", ask -> ask.with("Authorization", "DPoP " + token));
        ways.put("no scheme", ask -> ask.with("Authorization", token));
        ways.put(
                "in the query",
                ask -> new Ask(
                        ask.method(),
                        ask.target() + (ask.target().contains("?") ? "&" : "?") + "access_token=" + token,
                        ask.headers(),
                        ask.body()));
        ways.put("as a cookie", ask -> Scene.withCookie(token, ask));
        ways.put("as the cookie q_session", ask -> ask.with("Cookie", "q_session=" + token));
        ways.put(
                "bad token, good cookie",
                ask -> Scene.withCookie(owner.cookie, ask).with("Authorization", "Bearer x"));
        ways.put(
                "empty header, good cookie",
                ask -> Scene.withCookie(owner.cookie, ask).with("Authorization", ""));
        ways.put(
                "expired token, good cookie",
                ask -> Scene.withCookie(owner.cookie, ask)
                        .with("Authorization", "Bearer " + scene.attacks(owner).expired()));
        ways.put(
                "two cookies, bad and good",
                ask -> ask.with("Cookie", "hearth_session=" + "A".repeat(43) + "; hearth_session=" + owner.cookie));
        ways.put("for a proxy", ask -> ask.with("Proxy-Authorization", bearer));
        ways.put(
                "as if forwarded",
                ask -> ask.with("X-Forwarded-User", owner.email)
                        .with("X-Forwarded-Access-Token", token)
                        .with("Hearth-Caller", "user:" + owner.id()));
        return ways;
    }

    private void taken(String place, Answer answer) {
        if (answer.status() != 200 && answer.status() != 101) {
            faults.add(place + " does not take what is good, so refusing proves nothing: " + answer);
        }
    }

    private void refused(String place, String name, Ask ask) {
        tries++;
        var answer = scene.wire.send(ask);
        if (answer.status() == 414 || answer.status() == 431) {
            // More than a request line or head may have: nothing of it is read.
            return;
        }
        boolean right = answer.status() == 401
                && answer.mediaType().equals("application/problem+json")
                && answer.json().path("type").asText().equals("/problems/not-authenticated")
                && answer.header("WWW-Authenticate").isPresent();
        if (!right) {
            faults.add(place + ", " + name + ": " + answer);
        }
    }

    private static String masters() {
        var config = TestKeycloak.config();
        var keycloak = URI.create(config.get("hearth.keycloak.url"));
        try (var direct = new Wire(keycloak)) {
            var form = "grant_type=client_credentials&client_id=hearth-launcher&client_secret="
                    + URLEncoder.encode(config.get("hearth.keycloak.admin-secret"), StandardCharsets.UTF_8);
            return direct.send(Ask.of("POST", keycloak.getPath() + "/realms/master/protocol/openid-connect/token")
                            .withBody("application/x-www-form-urlencoded", form.getBytes(StandardCharsets.UTF_8)))
                    .json()
                    .path("access_token")
                    .asText();
        }
    }
}
