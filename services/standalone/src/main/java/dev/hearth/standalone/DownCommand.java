package dev.hearth.standalone;

import dev.hearth.embedded.PidFile;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "down",
        description = "Stops what runs on the data folder, and proves that nothing is left.",
        mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {
    /// A build's first run keeps its classes at its end, which takes long on a slow machine and would else never be
    /// done.
    private static final Duration GRACE = Duration.ofMinutes(3);

    @Mixin
    private final DataOption data = new DataOption();

    @Override
    public Integer call() throws IOException {
        var folder = data.folder();
        if (!folder.exists()) {
            System.out.println("Hearth has never run on " + folder.root() + ".");
            return 0;
        }
        boolean ran = PidFile.end(folder.pidFile("hearth"), "TERM", GRACE);
        if (!folder.exists()) {
            System.out.println("Stopped. The folder was to go away, and has.");
            return 0;
        }
        Leftovers.end(folder);
        var left = Leftovers.find(folder);
        if (!left.isEmpty()) {
            throw new Refusal("These processes could not be ended: "
                    + left.stream().map(process -> Long.toString(process.pid())).collect(Collectors.joining(", ")));
        }
        folder.lock().close();
        System.out.println(
                (ran ? "Stopped." : "Hearth was not running.") + " No process of " + folder.root() + " is left.");
        return 0;
    }
}
