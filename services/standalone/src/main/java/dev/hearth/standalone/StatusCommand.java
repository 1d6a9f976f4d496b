package dev.hearth.standalone;

import dev.hearth.embedded.PidFile;
import dev.hearth.standalone.tls.Pinned;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "status",
        description = "Says what runs on the data folder. Exit code 0 if everything is ready.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private final DataOption data = new DataOption();

    @Option(
            names = "--user",
            paramLabel = "EMAIL",
            description = "Shows this person's stores too; asks their password.")
    private @Nullable String user;

    @Option(names = "--password-stdin", description = "Reads the password from the standard input.")
    private boolean fromInput;

    @Override
    public Integer call() throws IOException {
        var folder = data.folder();
        var state = PrivateProperties.read(folder.config("state"));
        if (state.isEmpty() || PidFile.running(folder.pidFile("hearth")).isEmpty()) {
            System.out.println("Hearth is not running on " + folder.root() + ".");
            return 1;
        }
        names(Boolean.parseBoolean(state.get("separate"))).forEach(name -> show(folder, name));
        boolean ready = Origins.isReady(URI.create(state.get("local-url")), folder);
        if (state.get("local-url").startsWith("https:")) {
            System.out.println(Pinned.shown(folder.servedCertificate()));
        }
        if (user != null) {
            var token = People.of(folder).signIn(user, Terminal.password(fromInput));
            UsageLines.of(URI.create(state.get("local-url")), folder, token).forEach(System.out::println);
        }
        System.out.println((ready ? "ready " : "not ready ") + state.get("public-url"));
        return ready ? 0 : 1;
    }

    private static List<String> names(boolean separate) {
        List<String> names = new ArrayList<>(List.of("hearth", "postgres", "keycloak"));
        if (separate) {
            for (Service service : Service.values()) {
                names.add(service.id());
            }
        }
        return names;
    }

    private static void show(DataFolder folder, String name) {
        var process = PidFile.running(folder.pidFile(name));
        System.out.printf(
                "%-16s %s%n",
                name, process.map(found -> "runs, process " + found.pid()).orElse("is not running"));
    }
}
