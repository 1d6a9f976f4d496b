package dev.hearth.standalone.sweep;

import dev.hearth.testkit.sweep.Ask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One operation of the table: whom it takes, and requests that name what is somebody's.
///
/// `paths` fills what is in braces in the key; what is not there is filled by its name, `{store}` by `${STORE}`.
/// `spends` says that it ends what it is called with or on, so that it has to come last.
record Row(
        String key,
        Takes takes,
        Map<String, String> paths,
        List<Try> tries,
        boolean takesApiTokens,
        boolean spends,
        Set<Integer> alsoAnswers) {
    /// What follows the path, the headers and the body, all with `${…}`. Bodies are JSON.
    record Try(String query, Map<String, String> headers, String body) {
        static final Try PLAIN = new Try("", Map.of(), "");
    }

    static Row of(Takes takes, String key) {
        return new Row(key, takes, Map.of(), List.of(Try.PLAIN), false, false, Set.of());
    }

    Row path(String name, String value) {
        var more = new java.util.HashMap<>(paths);
        more.put(name, value);
        return new Row(key, takes, Map.copyOf(more), tries, takesApiTokens, spends, alsoAnswers);
    }

    /// Once without and once with each of these after the path.
    Row query(String... queries) {
        var more = new ArrayList<>(tries);
        for (String query : queries) {
            more.add(new Try(query, Map.of(), tries.getFirst().body()));
        }
        return with(more);
    }

    Row header(String name, String... values) {
        var more = new ArrayList<>(tries);
        for (String value : values) {
            more.add(new Try("", Map.of(name, value), tries.getFirst().body()));
        }
        return with(more);
    }

    /// Only with each of these.
    Row onlyHeader(String name, String... values) {
        return with(java.util.Arrays.stream(values)
                .map(value -> new Try("", Map.of(name, value), ""))
                .toList());
    }

    /// With each of these bodies.
    Row body(String... bodies) {
        var all = new ArrayList<Try>();
        for (String body : bodies) {
            all.add(new Try("", Map.of(), body));
        }
        return with(all);
    }

    private Row with(List<Try> all) {
        return new Row(key, takes, paths, List.copyOf(all), takesApiTokens, spends, alsoAnswers);
    }

    /// An API token of enough rights may do this.
    Row apiTokens() {
        return new Row(key, takes, paths, tries, true, spends, alsoAnswers);
    }

    Row spending() {
        return new Row(key, takes, paths, tries, takesApiTokens, true, alsoAnswers);
    }

    /// What those get, besides what `takes` says, who are signed in.
    Row answering(Integer... statuses) {
        return new Row(key, takes, paths, tries, takesApiTokens, spends, Set.of(statuses));
    }

    /// Its requests, with these ids.
    List<Ask> asks(Map<Id, String> ids) {
        return tries.stream().map(one -> ask(one, ids)).toList();
    }

    private Ask ask(Try one, Map<Id, String> ids) {
        var parts = key.split(" ", 2);
        var path = new StringBuilder();
        for (String step : parts[1].substring(1).split("/")) {
            path.append('/').append(step.startsWith("{") ? value(step.substring(1, step.length() - 1)) : step);
        }
        var ask = Ask.of(parts[0], Person.filled(path + one.query(), ids));
        for (Map.Entry<String, String> header : one.headers().entrySet()) {
            ask = ask.with(header.getKey(), Person.filled(header.getValue(), ids));
        }
        return one.body().isEmpty() ? ask : ask.withJson(Person.filled(one.body(), ids));
    }

    private String value(String name) {
        return paths.getOrDefault(name, "${" + name.toUpperCase(java.util.Locale.ROOT) + "}");
    }
}
