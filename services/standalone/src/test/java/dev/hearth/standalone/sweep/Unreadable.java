package dev.hearth.standalone.sweep;

import dev.hearth.testkit.sweep.Answer;
import dev.hearth.testkit.sweep.Ask;
import java.net.URI;
import java.util.List;

/// What the HTTP server itself refuses before there is a route, with nothing but the status: a request line that holds
/// no URI, or that is longer than one may be, and a page of an origin that may not call.
final class Unreadable {
    private static final int LONGEST_LINE = 4_000;

    private Unreadable() {}

    static boolean is(Ask ask) {
        if (ask.method().length() + ask.target().length() > LONGEST_LINE) {
            return true;
        }
        if (ask.headers().stream().anyMatch(header -> header.getKey().equals("Origin"))) {
            return true;
        }
        try {
            URI.create(ask.target());
            return !ask.target().chars().allMatch(letter -> letter < 128);
        } catch (IllegalArgumentException noUri) {
            return true;
        }
    }

    static List<String> faults(Answer answer) {
        return answer.status() < 500 ? List.of() : List.of("what cannot be read is no fault of the server");
    }
}
