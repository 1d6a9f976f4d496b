package dev.hearth.standalone;

import dev.hearth.embedded.Child;
import dev.hearth.embedded.ClassArchive;
import dev.hearth.embedded.GuardedProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// This program's own [ClassArchive]. While there is none, the script names where it is to be, and Java notes in a list
/// which classes it loads.
record OwnClasses(ClassArchive archive) {
    private static final String NOTING = "-XX:DumpLoadedClassList=";

    /// Empty when a run of this build has left its classes already, or nobody wants them.
    static Optional<OwnClasses> wanted() {
        return Optional.ofNullable(System.getProperty("hearth.classes"))
                .map(file -> new OwnClasses(new ClassArchive(Path.of(file))))
                .filter(classes -> !classes.archive().exists());
    }

    /// Java's option that notes a program's classes; for `%p` it puts `pid` and the process's number.
    String noting() {
        return NOTING + archive.file() + ".%p.list";
    }

    /// Writes the archive of what was noted; takes several seconds, and half a gigabyte.
    void write(DataFolder data) {
        Path list = list();
        if (!Files.exists(list)) {
            return;
        }
        Path unfinished = archive.unfinished();
        try (var writer = GuardedProcess.start(new Child(
                "the classes' writer",
                command(list, unfinished),
                Map.of(),
                data.root(),
                data.log("classes"),
                data.pidFile("classes"),
                "KILL",
                Duration.ZERO))) {
            if (writer.onExit().join() == 0) {
                archive.finish(unfinished);
            }
            Files.deleteIfExists(unfinished);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            forget();
        }
    }

    /// Deletes what was noted.
    void forget() {
        try {
            Files.deleteIfExists(list());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Path list() {
        return Path.of(archive.file() + ".pid" + ProcessHandle.current().pid() + ".list");
    }

    private static List<String> command(Path list, Path unfinished) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith(NOTING))
                .forEach(command::add);
        command.addAll(ClassArchive.write(list, unfinished));
        command.addAll(List.of("-jar", System.getProperty("java.class.path")));
        return command;
    }
}
