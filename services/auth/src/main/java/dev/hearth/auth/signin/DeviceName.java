package dev.hearth.auth.signin;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a person recognises a session by: "Firefox on Linux".
final class DeviceName {
    private static final int MAX_LENGTH = 100;
    private static final String UNKNOWN = "Unknown device";

    /// In this order: those further down say what those further up are, too.
    private static final String[][] BROWSERS = {
        {"Edg/", "Edge"}, {"OPR/", "Opera"}, {"Firefox/", "Firefox"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}
    };
    private static final String[][] SYSTEMS = {
        {"iPhone", "iPhone"},
        {"iPad", "iPad"},
        {"Android", "Android"},
        {"Windows", "Windows"},
        {"Mac OS X", "macOS"},
        {"CrOS", "ChromeOS"},
        {"Linux", "Linux"}
    };

    private DeviceName() {}

    static String of(@Nullable String userAgent) {
        if (userAgent == null || userAgent.isBlank()) {
            return UNKNOWN;
        }
        var browser = first(BROWSERS, userAgent);
        var system = first(SYSTEMS, userAgent);
        if (browser.isPresent()) {
            return system.map(name -> browser.get() + " on " + name).orElse(browser.get());
        }
        return system.orElseGet(() -> named(userAgent));
    }

    /// As its user calls it.
    static String named(String name) {
        var visible = new StringBuilder();
        name.strip()
                .chars()
                .filter(c -> !Character.isISOControl(c))
                .limit(MAX_LENGTH)
                .forEach(c -> visible.append((char) c));
        return visible.isEmpty() ? UNKNOWN : visible.toString();
    }

    private static Optional<String> first(String[][] names, String userAgent) {
        for (String[] name : names) {
            if (userAgent.contains(name[0])) {
                return Optional.of(name[1]);
            }
        }
        return Optional.empty();
    }
}
