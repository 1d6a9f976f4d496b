package dev.hearth.standalone.demo;

import dev.hearth.embedded.SharedFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The example app `docs/examples/livestore-node`, installed once per user and version: its packages come from npm.
public final class LiveStoreApp {
    private static final List<String> FILES = List.of(
            "package.json", "package-lock.json", "src/main.js", "src/link.js", "src/patient.js", "src/schema.js");
    private static final int NODE_MAJOR = 20;
    private static final long INSTALL_MINUTES = 5;

    private final Path folder;

    private LiveStoreApp(Path folder) {
        this.folder = folder;
    }

    /// Installs the app if need be. `progress` hears of what takes long.
    public static LiveStoreApp in(Path cache, Consumer<String> progress) {
        requireNode();
        Path folder =
                SharedFolder.obtain(cache, "livestore-node-" + hash(), unfinished -> install(unfinished, progress));
        return new LiveStoreApp(folder);
    }

    Path main() {
        return folder.resolve("src/main.js");
    }

    private static void requireNode() {
        String version = output("node", "--version")
                .orElseThrow(() -> new DemoFailed("The demo runs real LiveStore clients and needs Node " + NODE_MAJOR
                        + " or newer with npm, and there is no `node` on the PATH. Install it (https://nodejs.org, or"
                        + " your system's packages `nodejs` and `npm`) and try again."));
        int major = Integer.parseInt(version.replaceFirst("^v?(\\d+)(?s:.*)", "$1"));
        if (major < NODE_MAJOR) {
            throw new DemoFailed("The demo needs Node " + NODE_MAJOR + " or newer; here is " + version + ".");
        }
        if (output("npm", "--version").isEmpty()) {
            throw new DemoFailed("The demo installs LiveStore with npm, and there is no `npm` on the PATH.");
        }
    }

    private static Optional<String> output(String... command) {
        try {
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? Optional.of(text) : Optional.empty();
        } catch (IOException missing) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static void install(Path target, Consumer<String> progress) throws IOException {
        for (String file : FILES) {
            Path to = target.resolve(file);
            Files.createDirectories(to.getParent());
            Files.write(to, resource(file));
        }
        long start = System.nanoTime();
        progress.accept("installing LiveStore's packages with npm (once, about 190 MB) …");
        Path log = target.resolve("install.log");
        var npm = new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                .directory(target.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            npm.getOutputStream().close();
            if (!npm.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES) || npm.exitValue() != 0) {
                throw new DemoFailed("`npm ci` did not install LiveStore's packages:\n" + Files.readString(log));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DemoFailed("interrupted");
        } finally {
            npm.descendants().forEach(ProcessHandle::destroyForcibly);
            npm.destroyForcibly();
        }
        progress.accept("installed in " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start) + " s");
    }

    private static String hash() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (String file : FILES) {
                digest.update(resource(file));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] resource(String file) throws IOException {
        try (InputStream in = LiveStoreApp.class.getResourceAsStream("/demo/livestore-node/" + file)) {
            if (in == null) {
                throw new UncheckedIOException(new IOException("the program lacks " + file));
            }
            return in.readAllBytes();
        }
    }
}
