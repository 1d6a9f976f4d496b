package dev.hearth.sync.nativeface;

import java.util.regex.Pattern;

/// `application/json` and what is written like it, with or without parameters.
final class JsonMediaType {
    private static final Pattern JSON =
            Pattern.compile("application/([a-z0-9!#$&^_.-]+\\+)?json *(;[\\x20-\\x7e]*)?", Pattern.CASE_INSENSITIVE);

    private JsonMediaType() {}

    static boolean is(String mediaType) {
        return JSON.matcher(mediaType).matches();
    }
}
