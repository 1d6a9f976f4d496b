package dev.hearth.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Messages as files, each with a number that no other has had: `12.eml`.
public final class MailFolder {
    private static final Pattern NAME = Pattern.compile("([1-9][0-9]{0,8})\\.eml");

    private final Path folder;
    private final int most;

    private MailFolder(Path folder, int most) {
        this.folder = folder;
        this.most = most;
    }

    static MailFolder prepared(Path folder, int most) {
        try {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            return new MailFolder(folder, most);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// The messages in a folder by their numbers, the newest last; none when there is no folder.
    public static NavigableMap<Integer, Path> in(Path folder) {
        var messages = new TreeMap<Integer, Path>();
        if (!Files.isDirectory(folder)) {
            return messages;
        }
        try (var files = Files.list(folder)) {
            files.forEach(file -> {
                var name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    messages.put(Integer.valueOf(name.group(1)), file);
                }
            });
            return messages;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    synchronized void add(byte[] message) throws IOException {
        var known = in(folder);
        int number = known.isEmpty() ? 1 : known.lastKey() + 1;
        Path next = folder.resolve("next");
        Files.deleteIfExists(next);
        Files.createFile(next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(next, message);
        Files.move(next, folder.resolve(number + ".eml"), StandardCopyOption.ATOMIC_MOVE);
        while (known.size() >= most) {
            Files.deleteIfExists(known.pollFirstEntry().getValue());
        }
    }
}
