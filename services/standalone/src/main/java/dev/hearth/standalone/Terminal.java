package dev.hearth.standalone;

import dev.hearth.embedded.Secret;
import java.io.BufferedReader;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// The person at the keyboard, also when the output goes elsewhere: `TOKEN=$(hearth user token …)`.
final class Terminal {
    private static final Path TTY = Path.of("/dev/tty");

    private Terminal() {}

    /// A person's password: from the standard input, or typed.
    static Secret password(boolean fromInput) throws IOException {
        return fromInput ? passwordFromInput() : new Secret(askHidden("Password: "));
    }

    static Secret passwordFromInput() throws IOException {
        String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        if (line == null || line.isBlank()) {
            throw new Refusal("The standard input holds no password.");
        }
        return new Secret(line);
    }

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
