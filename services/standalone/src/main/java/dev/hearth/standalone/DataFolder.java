package dev.hearth.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// Everything one Hearth keeps. Only its user may look inside.
record DataFolder(Path root) {
    DataFolder {
        root = root.toAbsolutePath().normalize();
    }

    /// The folder used when none is named: in the user's state folder.
    static DataFolder ofUser() {
        return new DataFolder(userFolder("XDG_STATE_HOME", ".local/state").resolve("hearth"));
    }

    /// Where the user's unpacked servers are; can be deleted at any time.
    static Path cache() {
        return userFolder("XDG_CACHE_HOME", ".cache").resolve("hearth");
    }

    private static Path userFolder(String variable, String otherwise) {
        String named = System.getenv(variable);
        return named == null || named.isBlank() ? Path.of(System.getProperty("user.home"), otherwise) : Path.of(named);
    }

    /// Makes it, or refuses one that is somebody else's.
    void prepare() {
        try {
            if (!Files.exists(root)) {
                Files.createDirectories(root.getParent());
                Files.createDirectory(
                        root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            String owner = Files.getOwner(root).getName();
            String user = System.getProperty("user.name");
            if (!owner.equals(user) && !owner.equals(Files.getOwner(probe()).getName())) {
                throw new Refusal("The data folder " + root + " belongs to " + owner + ". Run Hearth as " + owner
                        + ", or name another folder with --data.");
            }
            // Closed each by itself too, as a folder that was there before may be open.
            for (Path folder : new Path[] {run(), logs(), kafka(), mqtt()}) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
        } catch (IOException failure) {
            throw new Refusal("The data folder " + root + " cannot be used: " + failure.getMessage());
        }
    }

    /// A user may have no name on this machine, so a file of theirs tells how they are called.
    private static Path probe() throws IOException {
        Path probe = Files.createTempFile("hearth", "");
        probe.toFile().deleteOnExit();
        return probe;
    }

    boolean exists() {
        return Files.isDirectory(run());
    }

    Path postgres() {
        return root.resolve("postgres");
    }

    Path kafka() {
        return root.resolve("kafka");
    }

    Path mqtt() {
        return root.resolve("mqtt");
    }

    /// E-mail that no server was named for.
    Path mail() {
        return root.resolve("mail");
    }

    /// The certificate authority of this Hearth, and what it has made.
    Path tls() {
        return root.resolve("tls");
    }

    /// The certificate that is served now, without its key.
    Path servedCertificate() {
        return run().resolve("served.crt");
    }

    Path logs() {
        return root.resolve("logs");
    }

    Path log(String name) {
        return logs().resolve(name + ".log");
    }

    /// What is true of a running Hearth: process ids, addresses.
    Path run() {
        return root.resolve("run");
    }

    Path pidFile(String name) {
        return run().resolve(name + ".pid");
    }

    Path secrets() {
        return root.resolve("secrets.properties");
    }

    Path ports() {
        return root.resolve("ports.properties");
    }

    /// What the services are told, or one of them that runs apart.
    Path config(String name) {
        return run().resolve(name + ".properties");
    }

    /// Takes the folder for this process, until it ends in whatever way.
    FolderLock lock() {
        try {
            return FolderLock.take(run().resolve("lock"))
                    .orElseThrow(() -> new Refusal("Another Hearth runs on " + root
                            + ". Stop it with `hearth down`, or name another folder with --data."));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
