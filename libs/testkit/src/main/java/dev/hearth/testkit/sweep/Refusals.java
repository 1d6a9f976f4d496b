package dev.hearth.testkit.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// What every refusal of Hearth's is: a problem that says which, how and why.
public final class Refusals {
    private static final String MEDIA_TYPE = "application/problem+json";

    private Refusals() {}

    /// What is wrong with an answer of 400 or more; empty when nothing is.
    public static List<String> faults(Ask ask, Answer answer) {
        List<String> faults = new ArrayList<>();
        if (answer.status() >= 500) {
            faults.add("it is the server's fault");
        }
        if (answer.header("Trace-Id").isEmpty()) {
            faults.add("it has no Trace-Id");
        }
        if (ask.method().equals("HEAD")) {
            return faults;
        }
        if (!answer.mediaType().equals(MEDIA_TYPE)) {
            faults.add("its type is \"" + answer.mediaType() + "\"");
            return faults;
        }
        var problem = answer.json();
        if (!problem.path("type").asText().startsWith("/problems/")) {
            faults.add("it names no type");
        }
        if (problem.path("status").asInt() != answer.status()) {
            faults.add("it names another status");
        }
        for (String text : List.of("title", "detail")) {
            if (!isText(problem.path(text))) {
                faults.add("it has no " + text);
            }
        }
        if (answer.body().contains("Exception") || answer.body().contains("\tat ")) {
            faults.add("it tells of the code");
        }
        return faults;
    }

    private static boolean isText(JsonNode node) {
        return node.isTextual() && !node.asText().isBlank();
    }
}
