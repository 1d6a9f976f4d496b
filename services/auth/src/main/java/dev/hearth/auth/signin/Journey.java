package dev.hearth.auth.signin;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A browser's way to Keycloak's page and back, which it carries in a cookie of its own: by `state` it is known again,
/// `verifier` proves that the code is for it (PKCE), `goal` is where it wanted to go. `toStay`: whoever comes back
/// keeps
/// their account.
record Journey(String state, String nonce, String verifier, String goal, boolean toStay) {
    static final String COOKIE = "hearth_sign_in";
    static final int MAX_SECONDS = 900;
    private static final int MAX_GOAL = 1_000;
    private static final String HOME = "/";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    static Journey to(@Nullable String goal) {
        return to(goal, false);
    }

    static Journey to(@Nullable String goal, boolean toStay) {
        return new Journey(random(), random(), random(), local(goal), toStay);
    }

    /// Addresses of this origin alone: a link to us must not send people elsewhere.
    static String local(@Nullable String goal) {
        boolean fits = goal != null
                && goal.length() <= MAX_GOAL
                && goal.startsWith("/")
                && !goal.startsWith("//")
                && goal.chars().allMatch(c -> c > ' ' && c < 127 && c != '\\' && c != '"' && c != '<' && c != '>');
        return fits ? goal : HOME;
    }

    String challenge() {
        try {
            return ENCODER.encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    String write() {
        var json = new JsonObject()
                .put("state", state)
                .put("nonce", nonce)
                .put("verifier", verifier)
                .put("goal", goal)
                .put("stay", toStay);
        return ENCODER.encodeToString(json.encode().getBytes(StandardCharsets.UTF_8));
    }

    /// Empty for what we did not write.
    static Optional<Journey> read(String cookie) {
        try {
            var json = new JsonObject(new String(Base64.getUrlDecoder().decode(cookie), StandardCharsets.UTF_8));
            return Optional.of(new Journey(
                    json.getString("state", ""),
                    json.getString("nonce", ""),
                    json.getString("verifier", ""),
                    local(json.getString("goal")),
                    json.getBoolean("stay", false)));
        } catch (IllegalArgumentException | DecodeException | ClassCastException notOurs) {
            return Optional.empty();
        }
    }

    boolean isKnownBy(@Nullable String returnedState) {
        return returnedState != null
                && !state.isEmpty()
                && MessageDigest.isEqual(
                        state.getBytes(StandardCharsets.UTF_8), returnedState.getBytes(StandardCharsets.UTF_8));
    }

    /// Where a browser goes that did not get in, and what it finds out there.
    String goalWithout(String why) {
        return goal + (goal.contains("?") ? "&" : "?") + "sign-in=" + why;
    }

    private static String random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return ENCODER.encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "Journey[hidden]";
    }
}
