package dev.hearth.standalone.sweep;

import dev.hearth.testkit.sweep.Answer;
import dev.hearth.testkit.sweep.Ask;
import dev.hearth.testkit.sweep.CallerOnTheWire;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Every operation with a credential of the owner's: the code takes the caller for her and says yes throughout. On the
/// way to Postgres the caller becomes somebody else. See `CallerOnTheWire`.
final class SecondWall {
    private static final Set<Takes> OWNED = EnumSet.of(Takes.OWNER, Takes.SOMEBODY);

    private final Scene scene;
    private final Faces faces;
    final List<String> leaks = new ArrayList<>();
    int tries;
    int seenWithoutIt;

    SecondWall(Scene scene, Faces faces) {
        this.scene = scene;
        this.faces = faces;
    }

    /// What only reads, as things are: the owner sees what is hers. So a leak would be seen.
    void control() {
        for (Ask ask : reading()) {
            if (tells(ask, scene.wire.send(ask))) {
                seenWithoutIt++;
            }
        }
        if (face().contains(Scene.SECRET)) {
            seenWithoutIt++;
        }
    }

    void sweep() {
        System.setProperty(
                CallerOnTheWire.SWAP,
                CallerOnTheWire.swap(List.of(
                        Map.entry(scene.victim.id(), scene.intruder.id()),
                        Map.entry(scene.victim.uuid(Id.HOUSEHOLD), scene.intruder.uuid(Id.HOUSEHOLD)))));
        try {
            Table.ROWS.stream()
                    .filter(row -> OWNED.contains(row.takes()))
                    .flatMap(row -> row.asks(scene.victim.ids).stream())
                    .map(ask -> Scene.withCookie(scene.victim.cookie, ask))
                    .forEach(this::look);
            tries++;
            if (face().contains(Scene.SECRET)) {
                leaks.add("LiveStore's WebSocket tells the secret");
            }
        } finally {
            System.clearProperty(CallerOnTheWire.SWAP);
        }
    }

    private void look(Ask ask) {
        tries++;
        var answer = scene.wire.send(ask);
        if (tells(ask, answer)) {
            leaks.add(ask.method() + " " + ask.target() + ": " + answer);
        }
    }

    private boolean tells(Ask ask, Answer answer) {
        var said = ask.target() + new String(ask.body(), java.nio.charset.StandardCharsets.UTF_8) + ask.headers();
        return scene.marks().stream().anyMatch(mark -> answer.all().contains(mark) && !said.contains(mark));
    }

    private List<Ask> reading() {
        return Table.ROWS.stream()
                .filter(row -> OWNED.contains(row.takes()) && row.key().startsWith("GET"))
                .flatMap(row -> row.asks(scene.victim.ids).stream())
                .map(ask -> Scene.withCookie(scene.victim.cookie, ask))
                .toList();
    }

    private String face() {
        return faces.said("Cookie", "hearth_session=" + scene.victim.cookie, scene.victim.ids.get(Id.FACE_STORE));
    }
}
