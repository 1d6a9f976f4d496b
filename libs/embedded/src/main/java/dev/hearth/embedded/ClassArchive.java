package dev.hearth.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// A program's classes as Java keeps them in memory (class data sharing), so that a later start need not read and check
/// them anew. Made once, when a run of the program ends; a file that does not fit the program or the Java that reads it
/// is passed over by Java itself. See `docs/adr/0015-a-first-run-leaves-its-classes-to-later-ones.md`.
///
/// @param file where the archive is; it gets this name only when it is whole
public record ClassArchive(Path file) {
    /// What a killed program left half-written is cleared away after this long.
    private static final Duration ABANDONED = Duration.ofHours(1);

    private static final String UNFINISHED = ".unfinished";
    private static final List<String> SILENT = List.of("-Xlog:cds*=error", "-Xlog:aot*=error");

    public boolean exists() {
        return Files.exists(file);
    }

    /// Java's options to start with this archive; none while there is none.
    List<String> use() {
        return exists() ? with("-XX:SharedArchiveFile=" + file) : List.of();
    }

    /// Java's options to write the classes of a run to `unfinished` when it ends.
    static List<String> learn(Path unfinished) {
        return with("-XX:ArchiveClassesAtExit=" + unfinished);
    }

    /// Java's options to write the classes of a list, which an earlier run has noted, to `unfinished`, and end.
    public static List<String> write(Path list, Path unfinished) {
        return with("-Xshare:dump", "-XX:SharedClassListFile=" + list, "-XX:SharedArchiveFile=" + unfinished);
    }

    private static List<String> with(String... options) {
        return Stream.concat(Arrays.stream(options), SILENT.stream()).toList();
    }

    /// A name beside the archive for one that is being written.
    public Path unfinished() {
        return file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid() + UNFINISHED);
    }

    /// Gives a finished archive its name. Of two that finish at once one stays.
    public void finish(Path unfinished) {
        try {
            if (Files.exists(unfinished)) {
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Clears away what killed programs left half-written. To be called at each start, as nobody else comes by.
    void clear() {
        var abandoned = Instant.now().minus(ABANDONED);
        try (var beside =
                Files.newDirectoryStream(file.toAbsolutePath().getParent(), file.getFileName() + ".*" + UNFINISHED)) {
            for (Path left : beside) {
                if (Files.getLastModifiedTime(left).toInstant().isBefore(abandoned)) {
                    Files.deleteIfExists(left);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
