package dev.hearth.standalone;

import dev.hearth.embedded.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "up", description = "Starts everything and prints `ready URL`.", mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
    @Mixin
    private final DataOption data = new DataOption();

    @Option(names = "--port", defaultValue = "8080", description = "The origin's port. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "The address to listen on; 0.0.0.0 for all. Default: only this machine reaches Hearth.")
    private String host = "127.0.0.1";

    @Option(
            names = "--public-url",
            paramLabel = "URL",
            description = "How people reach the origin, if a proxy stands before it. Default: http://localhost:PORT.")
    private @Nullable URI publicUrl;

    @Option(names = "--separate", description = "Runs the six services as six programs.")
    private boolean separate;

    @Option(names = "--detach", description = "Returns when everything is ready; it goes on in the background.")
    private boolean detach;

    @Option(names = "--ephemeral", description = "Uses a folder that goes away at the end.")
    private boolean ephemeral;

    /// What `--ephemeral --detach` hands to the background, which must take the folder that was chosen.
    @Option(names = "--clear-at-end", hidden = true)
    private boolean clearAtEnd;

    @Override
    public Integer call() throws IOException {
        var settings = settings();
        settings.data().prepare();
        try (var _ = settings.data().lock()) {
            if (!FreePorts.isFree(settings.host(), port)) {
                throw new Refusal("Port " + port + " is in use. Stop what uses it, or choose another with --port.");
            }
        }
        if (detach) {
            return Detached.start(settings);
        }
        new Run(settings, new Progress(System.out)).start();
        return 0;
    }

    private Settings settings() throws IOException {
        var folder = ephemeral ? new DataFolder(Files.createTempDirectory("hearth")) : data.folder();
        var url = publicUrl == null ? URI.create("http://localhost:" + port) : publicUrl;
        if (url.getHost() == null || url.getScheme() == null || !url.getPath().isEmpty()) {
            throw new Refusal("--public-url is a scheme, a host and perhaps a port: https://hearth.example");
        }
        return new Settings(folder, home(), programs(), host, port, url, separate, !ephemeral && !clearAtEnd);
    }

    private static Path home() {
        String home = System.getProperty("hearth.home");
        if (home == null) {
            throw new Refusal("Start Hearth with the `hearth` script: it says where the programs are.");
        }
        return Path.of(home);
    }

    private static Path programs() {
        String programs = System.getProperty("hearth.programs");
        return programs == null ? home() : Path.of(programs);
    }
}
