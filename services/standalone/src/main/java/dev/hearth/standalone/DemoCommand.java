package dev.hearth.standalone;

import dev.hearth.embedded.PidFile;
import dev.hearth.embedded.SharedFolder;
import dev.hearth.standalone.demo.LiveStoreApp;
import dev.hearth.standalone.demo.Story;
import dev.hearth.standalone.demo.Story.LastChapter;
import dev.hearth.standalone.demo.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description = {
            "Tells a story with two real LiveStore apps against the running Hearth: they write offline, meet, are",
            "killed, and lose the server while they write; then two people share a household, and a third one tries",
            "to look in. Exit code 0 if nothing was lost or doubled, and nobody saw what is not theirs.",
            "It has people and stores of its own; your data is not touched."
        },
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    @Mixin
    private final DataOption data = new DataOption();

    @Option(names = "--http", description = "The apps poll over HTTP. Default: WebSocket.")
    private boolean http;

    @Option(names = "--no-kill", description = "Leaves the server alone.")
    private boolean noKill;

    @Override
    public Integer call() throws IOException {
        var folder = data.folder();
        var state = PrivateProperties.read(folder.config("state"));
        if (state.isEmpty() || PidFile.running(folder.pidFile("hearth")).isEmpty()) {
            throw new Refusal("Hearth is not running on " + folder.root() + ". Start it with `hearth up --detach`.");
        }
        Path devices = Files.createTempDirectory("hearth-demo");
        try {
            var app = LiveStoreApp.in(DataFolder.cache(), System.out::println);
            var person = DemoPerson.of(folder);
            new Story(app, person, new DemoCast(folder, person), devices, System.out::println)
                    .tell(newStore(), http ? Transport.HTTP : Transport.WEBSOCKET, lastChapter(folder, state));
            return 0;
        } finally {
            SharedFolder.delete(devices);
        }
    }

    private static String newStore() {
        return "demo-" + DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").format(LocalDateTime.now());
    }

    private LastChapter lastChapter(DataFolder folder, Map<String, String> state) {
        if (noKill) {
            return new LastChapter.Skip("As you wished (--no-kill).");
        }
        if (Boolean.parseBoolean(state.get("detached"))) {
            return new LastChapter.Kill(Killed.program(folder));
        }
        // In the terminal of somebody else only what is started again by itself may be killed.
        if (!Boolean.parseBoolean(state.get("separate"))) {
            return new LastChapter.Skip("This server runs in a terminal of yours, and a demo could not start it there"
                    + " again. After `hearth up --detach` it does.");
        }
        return new LastChapter.Kill(Killed.service(folder, Service.SYNC));
    }
}
