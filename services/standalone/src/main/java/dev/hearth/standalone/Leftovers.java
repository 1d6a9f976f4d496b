package dev.hearth.standalone;

import dev.hearth.embedded.EmbeddedPostgres;
import dev.hearth.embedded.PidFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Processes of a data folder whose Hearth is gone. There should be none: guards end them. This is for the day when a
/// guard
/// was killed too.
final class Leftovers {
    private static final Duration GRACE = Duration.ofSeconds(20);

    private Leftovers() {}

    /// Ends them; only those that are provably of this folder.
    static void end(DataFolder data) {
        try {
            EmbeddedPostgres.endLeftover(data.pidFile("postgres"), data.postgres());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        names().forEach(name -> PidFile.end(data.pidFile(name), "TERM", GRACE));
        find(data).forEach(process -> PidFile.end(process, "TERM", GRACE));
    }

    /// Every process whose command line names this folder as only ours do.
    static List<ProcessHandle> find(DataFolder data) {
        String pidFile = data.run() + "/";
        String postgres = data.postgres().toString();
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> {
                    List<String> words = words(process);
                    return words.stream().anyMatch(word -> word.startsWith("-Dhearth.pid.file=" + pidFile))
                            || is(words, "postgres") && words.contains(postgres)
                            || words.contains("hearth-guard")
                                    && words.stream().anyMatch(word -> word.startsWith(pidFile));
                })
                .toList();
    }

    private static boolean is(List<String> words, String program) {
        return !words.isEmpty() && words.getFirst().endsWith("/" + program);
    }

    private static Stream<String> names() {
        List<String> names = new ArrayList<>(Servers.children());
        for (Service service : Service.values()) {
            names.add(service.id());
        }
        return names.stream();
    }

    private static List<String> words(ProcessHandle process) {
        try {
            String line = Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
            return Arrays.asList(line.split("\0"));
        } catch (IOException | UncheckedIOException noProc) {
            return Arrays.asList(process.info().commandLine().orElse("").split(" "));
        }
    }
}
