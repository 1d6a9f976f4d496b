package dev.hearth.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrdinaryUserIT {
    private static final String UID = "4242";
    private static final List<String> AS_SOMEBODY = List.of(
            "setpriv", "--reuid=" + UID, "--regid=" + UID, "--clear-groups", "--inh-caps=-all", "--bounding-set=-all");

    @TempDir
    Path folder;

    /// Also what a run leaves to later ones: without it they start slower, and nobody would notice.
    @Test
    void somebody_without_rights_and_without_a_name_runs_it_until_ctrl_c() throws Exception {
        assumeTrue(run("test", "$(id -u)", "=", "0") == 0, "needs root, to become somebody else");
        run("cp", "-a", DataFolder.cache().toString(), folder.resolve("hearth").toString());
        run("chown", "-R", UID, folder.toString());
        assumeTrue(somebody("test", "-r", HearthProgram.jar().toString()) == 0, "this folder is closed to others");
        var data = new DataFolder(folder.resolve("data"));
        var classes = folder.resolve("classes.jsa");
        var hearth = new HearthProgram(
                data.root(),
                AS_SOMEBODY,
                Map.of("XDG_CACHE_HOME", folder + "/", "HOME", folder.toString()),
                List.of("-Dhearth.classes=" + classes, "-XX:DumpLoadedClassList=" + classes + ".%p.list"));

        var up = hearth.up().awaitReady();
        run("kill", "-INT", Long.toString(up.process.pid()));

        assertThat(up.awaitEnd()).isEqualTo(130);
        assertThat(Leftovers.find(data)).isEmpty();
        assertThat(startsWith(classes)).isZero();
        assertThat(filesLike("classes.jsa*")).containsExactly(classes);
        assertThat(Files.list(cachedKeycloak()))
                .anyMatch(file -> file.toString().endsWith(".jsa"));
    }

    /// Whether Java, told to use this archive or to give up, starts the program.
    private static int startsWith(Path classes) throws Exception {
        return run(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:on",
                "-XX:SharedArchiveFile=" + classes,
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-jar",
                HearthProgram.jar().toString(),
                "--version");
    }

    /// No list and nothing unfinished stays beside the archive.
    private List<Path> filesLike(String pattern) throws IOException {
        try (var found = Files.newDirectoryStream(folder, pattern)) {
            return StreamSupport.stream(found.spliterator(), false).toList();
        }
    }

    private Path cachedKeycloak() throws IOException {
        try (var cached = Files.newDirectoryStream(folder.resolve("hearth"), "keycloak-*[0-9a-f]")) {
            return cached.iterator().next();
        }
    }

    private static int somebody(String... command) throws Exception {
        return run(Stream.concat(AS_SOMEBODY.stream(), Stream.of(command)).toArray(String[]::new));
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder("sh", "-c", String.join(" ", command))
                .inheritIO()
                .start()
                .waitFor();
    }
}
