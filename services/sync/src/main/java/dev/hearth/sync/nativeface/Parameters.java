package dev.hearth.sync.nativeface;

import dev.hearth.contracts.Generation;
import dev.hearth.contracts.ProblemType;
import dev.hearth.contracts.StoreId;
import dev.hearth.contracts.StreamId;
import dev.hearth.problems.ProblemException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads what stands in the address. Taken as text and read here, because a number that is none shall be a problem of
/// its own, not an address that does not exist.
final class Parameters {
    private Parameters() {}

    static StoreId store(String text) {
        try {
            return new StoreId(UUID.fromString(text));
        } catch (IllegalArgumentException noId) {
            throw Refusals.unknownStore();
        }
    }

    static long cursor(String name, String text) {
        return number(text)
                .filter(cursor -> cursor >= 0)
                .orElseThrow(() ->
                        new ProblemException(ProblemType.INVALID_CURSOR, "\"" + name + "\" is a whole number from 0."));
    }

    static int limit(@Nullable String text, int otherwise, int max) {
        if (text == null) {
            return Math.min(otherwise, max);
        }
        return number(text)
                .filter(limit -> limit >= 1 && limit <= max)
                .map(Long::intValue)
                .orElseThrow(() -> Texts.refused("\"limit\" is a whole number from 1 to " + max + "."));
    }

    static Duration wait(@Nullable String text, Duration max) {
        if (text == null) {
            return Duration.ZERO;
        }
        return number(text)
                .filter(seconds -> seconds >= 0 && seconds <= max.toSeconds())
                .map(Duration::ofSeconds)
                .orElseThrow(() -> Texts.refused("\"wait\" is seconds, from 0 to " + max.toSeconds() + "."));
    }

    static Optional<Generation> generation(@Nullable String text) {
        return Optional.ofNullable(text)
                .map(given -> number(given)
                        .filter(generation -> generation >= 1)
                        .map(Generation::new)
                        .orElseThrow(() -> Texts.refused("\"generation\" is a whole number from 1.")));
    }

    static Optional<StreamId> stream(@Nullable String text) {
        return Texts.optional("stream", text, StreamId.MAX_LENGTH).map(StreamId::new);
    }

    private static Optional<Long> number(String text) {
        try {
            // No sign, no other script's digits.
            return text.chars().allMatch(c -> c >= '0' && c <= '9')
                    ? Optional.of(Long.valueOf(text))
                    : Optional.empty();
        } catch (NumberFormatException noNumber) {
            return Optional.empty();
        }
    }
}
