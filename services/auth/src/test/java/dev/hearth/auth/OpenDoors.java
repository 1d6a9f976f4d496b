package dev.hearth.auth;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/// Whoever comes may make an account, as often as tests like; and accounts are deleted when a test says so.
public final class OpenDoors implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "auth.registration", "open",
                "auth.terms-version", "2026-11",
                "auth.guessing.logins-per-minute", "1000",
                "auth.guessing.registrations-per-hour", "1000",
                "auth.deletion.interval", "1h");
    }
}
