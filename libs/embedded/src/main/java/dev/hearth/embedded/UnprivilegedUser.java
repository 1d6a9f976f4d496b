package dev.hearth.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Postgres refuses to run as root. When we are root, this makes its programs run as somebody else.
///
/// The first way is a user namespace: inside, root is seen as `nobody`, while every file stays root's. Where the kernel
/// or
/// a container forbids that, `setpriv` really changes to `nobody`, who then owns the data and may pass through the
/// folders
/// above it.
final class UnprivilegedUser {
    private static final int NOBODY = 65534;
    private static final List<String> NAMESPACE =
            List.of("unshare", "--user", "--map-user=" + NOBODY, "--map-group=" + NOBODY);
    private static final List<String> SETPRIV = List.of(
            "setpriv",
            "--reuid=" + NOBODY,
            "--regid=" + NOBODY,
            "--clear-groups",
            "--inh-caps=-all,+dac_override",
            "--ambient-caps=-all,+dac_override",
            "--bounding-set=-all,+dac_override");

    private final List<String> prefix;
    private final int owner;

    private UnprivilegedUser(List<String> prefix, int owner) {
        this.prefix = prefix;
        this.owner = owner;
    }

    static UnprivilegedUser find() {
        if (!isRoot()) {
            // `initdb` wants its user to have a name. In a container that gives out numbers alone, `nobody` lends one.
            return new UnprivilegedUser(
                    works(List.of("id", "-un")) || !works(probe(NAMESPACE)) ? List.of() : NAMESPACE, -1);
        }
        if (works(probe(NAMESPACE))) {
            return new UnprivilegedUser(NAMESPACE, 0);
        }
        if (works(probe(SETPRIV))) {
            return new UnprivilegedUser(SETPRIV, NOBODY);
        }
        throw new ServerFailed("Postgres does not run as root, and neither unshare nor setpriv (util-linux) works here."
                + " Run Hearth as an ordinary user.");
    }

    /// The command as that user runs it.
    List<String> command(List<String> command) {
        List<String> whole = new ArrayList<>(prefix);
        whole.addAll(command);
        return whole;
    }

    /// Gives that user a folder and all that is in it.
    void own(Path folder) throws IOException {
        if (owner < 0) {
            return;
        }
        try (var all = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                if (!Files.isSymbolicLink(path)) {
                    Files.setAttribute(path, "unix:uid", owner);
                    Files.setAttribute(path, "unix:gid", owner);
                }
            }
        }
    }

    private static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException | UnsupportedOperationException noProc) {
            return "root".equals(System.getProperty("user.name"));
        }
    }

    private static List<String> probe(List<String> prefix) {
        List<String> probe = new ArrayList<>(prefix);
        probe.add("true");
        return probe;
    }

    private static boolean works(List<String> command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
