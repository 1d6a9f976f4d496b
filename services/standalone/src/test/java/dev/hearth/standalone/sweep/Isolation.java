package dev.hearth.standalone.sweep;

import dev.hearth.testkit.sweep.Answer;
import dev.hearth.testkit.sweep.Ask;
import dev.hearth.testkit.sweep.Refusals;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Everybody who may not tries every operation with the victim's ids.
final class Isolation {
    private final Scene scene;
    private final Map<Id, String> missing;
    private final List<String> marks;
    final List<String> faults = new ArrayList<>();
    int tries;

    Isolation(Scene scene) {
        this.scene = scene;
        this.missing = scene.missing();
        this.marks = scene.marks();
    }

    void sweep(Row row) {
        var theirs = row.asks(ids(row));
        var nobodys = row.asks(missing);
        for (Identity identity : Identity.values()) {
            for (int i = 0; i < theirs.size(); i++) {
                tries++;
                var ask = identity.as(scene, theirs.get(i));
                var answer = scene.wire.send(ask);
                judge(row, identity, ask, answer);
                if (row.takes() == Takes.OWNER && !identity.isOut()) {
                    compare(identity, ask, answer, scene.wire.send(identity.as(scene, nobodys.get(i))));
                }
            }
        }
    }

    /// An administrator may act on accounts and views, so what is tried on them is nobody's.
    private Map<Id, String> ids(Row row) {
        if (row.takes() != Takes.ADMIN) {
            return scene.victim.ids;
        }
        var ids = new EnumMap<>(scene.victim.ids);
        ids.put(Id.USER, missing.get(Id.USER));
        ids.put(Id.VIEW, missing.get(Id.VIEW));
        return ids;
    }

    private void judge(Row row, Identity identity, Ask ask, Answer answer) {
        boolean mayKnow = row.takes() == Takes.ADMIN && identity == Identity.ADMINISTRATOR;
        if (answer.status() >= 400) {
            Refusals.faults(ask, answer).forEach(fault -> fault(identity, ask, answer, fault));
        }
        if (!mayKnow) {
            var said = sent(ask);
            marks.stream()
                    .filter(mark -> answer.all().contains(mark) && !said.contains(mark))
                    .forEach(mark -> fault(identity, ask, answer, "it tells of the victim: " + mark));
        }
        expected(row, identity, answer).forEach(fault -> fault(identity, ask, answer, fault));
    }

    private static String sent(Ask ask) {
        return ask.target() + ask.headers() + new String(ask.body(), java.nio.charset.StandardCharsets.UTF_8);
    }

    private static List<String> expected(Row row, Identity identity, Answer answer) {
        int status = answer.status();
        boolean right = switch (row.takes()) {
            case ANYBODY -> status < 500;
            case SERVICE -> status == 404;
            case ADMIN ->
                identity.isOut()
                        ? isUnknown(answer)
                        : identity == Identity.ADMINISTRATOR ? status < 300 || status == 404 : status == 403;
            case OWNER ->
                identity.isOut()
                        ? isUnknown(answer)
                        : identity == Identity.NARROW_TOKEN ? isTooNarrow(row, answer) : status == 404;
            case SOMEBODY ->
                identity.isOut()
                        ? isUnknown(answer)
                        : identity == Identity.NARROW_TOKEN ? isTooNarrow(row, answer) : status < 400;
        };
        boolean also = !identity.isOut() && row.alsoAnswers().contains(status);
        return right || also ? List.of() : List.of("a row that takes " + row.takes() + " does not answer that");
    }

    private static boolean isUnknown(Answer answer) {
        return answer.status() == 401
                && answer.json().path("type").asText().equals("/problems/not-authenticated")
                && answer.header("WWW-Authenticate").equals(java.util.Optional.of("Bearer"));
    }

    private static boolean isTooNarrow(Row row, Answer answer) {
        return answer.status() == 403 || row.takesApiTokens() && answer.status() == 404;
    }

    /// What is the victim's looks like what is not there.
    private void compare(Identity identity, Ask ask, Answer theirs, Answer nobodys) {
        if (theirs.status() != nobodys.status()
                || !normal(theirs.body(), scene.victim.ids).equals(normal(nobodys.body(), missing))
                || !names(theirs).equals(names(nobodys))) {
            fault(identity, ask, theirs, "what is not there is answered otherwise: " + nobodys);
        }
    }

    private static String normal(String text, Map<Id, String> ids) {
        var normal = text;
        for (Map.Entry<Id, String> id : new HashMap<>(ids).entrySet()) {
            if (id.getKey() != Id.VIEW) {
                normal = normal.replace(id.getValue(), "<" + id.getKey() + ">");
            }
        }
        return normal;
    }

    private static TreeSet<String> names(Answer answer) {
        return new TreeSet<>(answer.headers().keySet());
    }

    private void fault(Identity identity, Ask ask, Answer answer, String why) {
        faults.add(identity + " " + ask.method() + " " + ask.target() + " " + answer + ": " + why);
    }
}
