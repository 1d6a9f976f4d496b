package dev.hearth.standalone;

import java.io.BufferedReader;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// The person at the keyboard, also when the output goes elsewhere: `TOKEN=$(hearth user token …)`.
final class Terminal {
    private static final Path TTY = Path.of("/dev/tty");

    private Terminal() {}

    /// What they type, without showing it.
    static String askHidden(String question) {
        try (var in = new BufferedReader(new FileReader(TTY.toFile(), StandardCharsets.UTF_8));
                var out = new FileWriter(TTY.toFile(), StandardCharsets.UTF_8)) {
            out.write(question);
            out.flush();
            echo("-echo");
            String typed;
            try {
                typed = in.readLine();
            } finally {
                echo("echo");
                out.write("\n");
            }
            if (typed == null || typed.isBlank()) {
                throw new Refusal("No password was typed.");
            }
            return typed;
        } catch (IOException none) {
            throw new Refusal("There is no terminal to ask for the password: use --password-stdin.");
        }
    }

    private static void echo(String mode) throws IOException {
        var stty = new ProcessBuilder("stty", mode).redirectInput(TTY.toFile()).start();
        stty.onExit().join();
    }
}
