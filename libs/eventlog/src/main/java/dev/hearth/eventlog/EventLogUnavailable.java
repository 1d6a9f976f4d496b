package dev.hearth.eventlog;

import org.jspecify.annotations.Nullable;

/// The log cannot answer now. Nothing is known of what was asked: an append may or may not stand, so repeat it.
public final class EventLogUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EventLogUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
