package dev.hearth.contracts;

import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The trace of a request, as W3C's Trace Context has it in `traceparent`: `id` names the trace, `parent` the step of
/// it
/// that sent the request. `sampled`: somebody before us records it.
///
/// We record no steps, so what we pass on names the same parent. Why:
/// `docs/adr/0016-a-trace-is-kept-with-its-events.md`.
public record Trace(String id, String parent, boolean sampled) {
    private static final int ID_LENGTH = 32;
    private static final int PARENT_LENGTH = 16;
    private static final int LENGTH = 55;
    private static final int SAMPLED = 1;

    public Trace {
        if (!isId(id, ID_LENGTH) || !isId(parent, PARENT_LENGTH)) {
            throw new IllegalArgumentException("not a trace");
        }
    }

    /// The trace that a `traceparent` names; empty when it is not one. Of a version later than ours that is the part
    /// which ours has, too.
    public static Optional<Trace> parse(String text) {
        if (!hasTheShape(text)) {
            return Optional.empty();
        }
        boolean sampled = (Character.digit(text.charAt(LENGTH - 1), 16) & SAMPLED) != 0;
        return of(text.substring(3, 35), text.substring(36, 52), sampled);
    }

    /// The trace of these parts; empty when they do not make one.
    public static Optional<Trace> of(String id, String parent, boolean sampled) {
        return isId(id, ID_LENGTH) && isId(parent, PARENT_LENGTH)
                ? Optional.of(new Trace(id, parent, sampled))
                : Optional.empty();
    }

    private static boolean hasTheShape(String text) {
        return text.length() >= LENGTH
                && isHex(text, 0, 2)
                && text.charAt(2) == '-'
                && text.charAt(35) == '-'
                && text.charAt(52) == '-'
                && isHex(text, 53, LENGTH)
                && !text.startsWith("ff")
                && (text.length() == LENGTH || !text.startsWith("00") && text.charAt(LENGTH) == '-');
    }

    private static boolean isId(String text, int length) {
        return text.length() == length && isHex(text, 0, length) && text.chars().anyMatch(digit -> digit != '0');
    }

    private static boolean isHex(String text, int from, int to) {
        for (int place = from; place < to; place++) {
            char digit = text.charAt(place);
            if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
                return false;
            }
        }
        return true;
    }

    /// A new one, that begins here.
    public static Trace begin(RandomGenerator random) {
        var bytes = new byte[24];
        random.nextBytes(bytes);
        // Never all zeros.
        bytes[0] |= 1;
        bytes[16] |= 1;
        var hex = HexFormat.of();
        return new Trace(hex.formatHex(bytes, 0, 16), hex.formatHex(bytes, 16, 24), false);
    }

    /// As `traceparent`, in the version that we speak.
    @Override
    public String toString() {
        return "00-" + id + "-" + parent + (sampled ? "-01" : "-00");
    }
}
