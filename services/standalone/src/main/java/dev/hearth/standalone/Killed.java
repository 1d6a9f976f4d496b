package dev.hearth.standalone;

import dev.hearth.embedded.PidFile;
import dev.hearth.standalone.demo.DemoFailed;
import dev.hearth.standalone.demo.Outage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `kill -9` of one process of a running Hearth.
final class Killed implements Outage {
    private final String victim;
    private final DataFolder folder;
    private final String pidName;
    /// How it is started again; empty if something else does that.
    private List<String> command = List.of();

    private Killed(String victim, DataFolder folder, String pidName) {
        this.victim = victim;
        this.folder = folder;
        this.pidName = pidName;
    }

    /// The process that holds everything together. It comes back in the background, with the command it was started by.
    static Killed program(DataFolder folder) {
        return new Killed("the whole program", folder, "hearth");
    }

    /// A service in a process of its own, which `up --separate` starts again by itself.
    static Killed service(DataFolder folder, Service service) {
        return new Killed("the service " + service.id(), folder, service.id());
    }

    @Override
    public String victim() {
        return victim;
    }

    @Override
    public void strike() {
        var process =
                PidFile.running(folder.pidFile(pidName)).orElseThrow(() -> new DemoFailed(victim + " is not running"));
        if (pidName.equals("hearth")) {
            command = command(process.info());
        }
        process.destroyForcibly();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }

    private static List<String> command(ProcessHandle.Info info) {
        List<String> words = new ArrayList<>();
        words.add(info.command().orElseThrow(() -> new DemoFailed("this system does not tell how it was started")));
        words.addAll(Arrays.asList(
                info.arguments().orElseThrow(() -> new DemoFailed("this system does not tell how it was started"))));
        return words;
    }

    @Override
    public void mend() {
        try {
            if (!command.isEmpty()) {
                Detached.launch(command, folder.log("up"));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Origins.awaitReady(
                URI.create(PrivateProperties.read(folder.config("state")).get("local-url")), folder);
    }
}
