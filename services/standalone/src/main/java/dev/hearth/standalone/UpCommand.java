package dev.hearth.standalone;

import dev.hearth.embedded.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "up", description = "Starts everything and prints `ready URL`.", mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
    @Mixin
    private final DataOption data = new DataOption();

    @Option(names = "--port", description = "The origin's port. Default: 8080, and 8443 with TLS.")
    private @Nullable Integer port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "The address to listen on; 0.0.0.0 for all. Default: only this machine reaches Hearth.")
    private String host = "127.0.0.1";

    @Option(
            names = "--public-url",
            paramLabel = "URL",
            defaultValue = "${env:PUBLIC_URL}",
            description = {
                "How people reach the origin: https://hearth.example. Also the variable PUBLIC_URL.",
                "Default: localhost and the port."
            })
    private @Nullable String publicUrl;

    @Option(
            names = "--tls",
            description = "HTTPS and MQTT over TLS, with a certificate by an authority that Hearth makes for itself.")
    private boolean tls;

    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            description = "TLS with this certificate (PEM, with those between it and its authority).")
    private @Nullable Path certificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "Its key (PEM, without a password).")
    private @Nullable Path key;

    @Option(
            names = "--log-format",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "How Hearth's own logs are written. Default: text.")
    private LogFormat logFormat = LogFormat.TEXT;

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
        var chosen = tls();
        var at = new PublicUrl.Listening(
                host, port == null ? (chosen.isPresent() ? 8443 : 8080) : port, chosen.isPresent());
        var url = publicUrl == null ? PublicUrl.otherwise(at) : PublicUrl.checked(publicUrl, at);
        var settings = settings(at, url, chosen);
        Tls.check(settings);
        settings.data().prepare();
        try (var _ = settings.data().lock()) {
            if (!FreePorts.isFree(settings.host(), settings.port())) {
                throw new Refusal(
                        "Port " + settings.port() + " is in use. Stop what uses it, or choose another with --port.");
            }
        }
        if (detach) {
            return Detached.start(settings);
        }
        var progress = new Progress(System.out);
        url.notes().forEach(progress::say);
        Thread.ofVirtual().start(() -> url.unresolved().ifPresent(progress::say));
        new Run(settings, progress).start();
        return 0;
    }

    private Settings settings(PublicUrl.Listening at, PublicUrl url, Optional<Tls> chosen) throws IOException {
        var folder = ephemeral ? new DataFolder(Files.createTempDirectory("hearth")) : data.folder();
        return new Settings(
                folder,
                home(),
                programs(),
                host,
                at.port(),
                url.value(),
                separate,
                !ephemeral && !clearAtEnd,
                chosen,
                logFormat);
    }

    private Optional<Tls> tls() {
        if (certificate != null && key != null) {
            return Optional.of(new Tls.Given(certificate, key));
        }
        if (certificate != null || key != null) {
            throw new Refusal(
                    "A certificate is of no use without its key: give both --tls-cert FILE and --tls-key FILE,"
                            + " or --tls alone, and Hearth makes both.");
        }
        return tls ? Optional.of(new Tls.Own()) : Optional.empty();
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
