package dev.hearth.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A note of which process was started: its number and when it started, as numbers are used again.
public final class PidFile {
    /// Start times are read from a clock that may be set between two readings.
    private static final Duration CLOCK_MAY_MOVE = Duration.ofSeconds(2);

    private PidFile() {}

    /// Writes down the process with this number.
    public static void write(Path file, ProcessHandle process) {
        try {
            complete(file, process.pid());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static void complete(Path file, long pid) throws IOException {
        var started = ProcessHandle.of(pid).flatMap(process -> process.info().startInstant());
        if (started.isEmpty()) {
            return;
        }
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, pid + " " + started.get().toEpochMilli() + "\n");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static OptionalLong pidIn(Path file) {
        String[] words = words(file);
        return words.length == 0 ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(words[0]));
    }

    /// The process that the note tells of, if it still runs.
    public static Optional<ProcessHandle> running(Path file) {
        String[] words = words(file);
        if (words.length < 2) {
            return Optional.empty();
        }
        return running(Long.parseLong(words[0]), Instant.ofEpochMilli(Long.parseLong(words[1])));
    }

    static Optional<ProcessHandle> running(long pid, Instant started) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info()
                        .startInstant()
                        .map(actual -> Duration.between(started, actual).abs().compareTo(CLOCK_MAY_MOVE) <= 0)
                        .orElse(false));
    }

    /// Ends the process that the note tells of, if it still runs: first by `signal`, after `grace` by force. True if
    /// there
    /// was one.
    public static boolean end(Path file, String signal, Duration grace) {
        var process = running(file);
        process.ifPresent(found -> end(found, signal, grace));
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return process.isPresent();
    }

    /// Ends a process, as the other `end` does.
    public static void end(ProcessHandle process, String signal, Duration grace) {
        signal(process, signal);
        if (!endsWithin(process, grace)) {
            process.destroyForcibly();
            endsWithin(process, Duration.ofSeconds(5));
        }
    }

    private static void signal(ProcessHandle process, String signal) {
        try {
            new ProcessBuilder("kill", "-s", signal, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException failure) {
            process.destroy();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean endsWithin(ProcessHandle process, Duration time) {
        try {
            process.onExit().get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException notYet) {
            return !process.isAlive();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String[] words(Path file) {
        try {
            String text = Files.readString(file);
            // Without the line's end it is still being written.
            return text.endsWith("\n") ? text.strip().split(" ") : new String[0];
        } catch (IOException none) {
            return new String[0];
        }
    }
}
