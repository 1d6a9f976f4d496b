package dev.hearth.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;

/// A folder of the user's cache that is made once and then used by every Hearth of that user.
public final class SharedFolder {
    /// Fills the new folder.
    public interface Content {
        void writeTo(Path folder) throws IOException;
    }

    private SharedFolder() {}

    /// The folder named `name`; made by `content` if it is missing. Several programs may ask at once: one makes it, the
    /// others wait. It is never seen half-made, because it gets its name last.
    public static Path obtain(Path cache, String name, Content content) {
        Path folder = cache.resolve(name);
        if (Files.isDirectory(folder)) {
            return folder;
        }
        // Two threads of one program may not both hold a file lock.
        synchronized (SharedFolder.class) {
            try {
                Files.createDirectories(cache);
                make(cache, folder, content);
            } catch (IOException failure) {
                throw new UncheckedIOException("cannot make " + folder + ": " + failure.getMessage(), failure);
            }
        }
        return folder;
    }

    private static void make(Path cache, Path folder, Content content) throws IOException {
        Path lockFile = cache.resolve(folder.getFileName() + ".lock");
        try (var channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            if (!lock.isValid() || Files.isDirectory(folder)) {
                return;
            }
            Path unfinished = cache.resolve(folder.getFileName() + ".unfinished");
            delete(unfinished);
            Files.createDirectories(unfinished);
            content.writeTo(unfinished);
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /// Deletes a folder with all that is in it; nothing happens if it is not there.
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
