package dev.hearth.caller;

import org.jspecify.annotations.Nullable;

/// Nobody can say now who may call.
public final class SessionsUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SessionsUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
