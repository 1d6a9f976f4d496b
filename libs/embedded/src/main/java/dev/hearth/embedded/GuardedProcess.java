package dev.hearth.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A child process that cannot outlive this program, even if this program is killed.
///
/// Between the two stands a shell that holds the reading end of a pipe. When we end, in whatever way, the kernel closes
/// the other end, the shell wakes, and ends the child. The child is in a session of its own, so that Ctrl-C in the
/// terminal reaches us alone and we can end things in their order.
public final class GuardedProcess implements AutoCloseable {
    private static final String GUARD = """
            pidfile=$1 signal=$2 grace=$3
            shift 3
            trap '' HUP INT QUIT
            exec 3<&0 </dev/null
            if command -v setsid >/dev/null 2>&1; then
              setsid "$@" 3<&- &
            else
              set -m
              "$@" 3<&- &
            fi
            child=$!
            # A signal to the whole group is for the one we guard against, not for us.
            trap '' TERM
            echo "$child" >"$pidfile"
            (
              read -r _ <&3
              kill -s "$signal" "$child"
              while [ "$grace" -gt 0 ] && kill -0 "$child"; do
                sleep 1
                grace=$((grace - 1))
              done
              kill -s KILL -- "-$child"
            ) >/dev/null 2>&1 &
            watch=$!
            exec 3<&-
            wait "$child"
            status=$?
            kill -s KILL "$watch" 2>/dev/null
            rm -f "$pidfile"
            exit "$status"
            """;

    /// What a Java program ends with after SIGTERM.
    private static final int ENDED_BY_TERM = 143;

    private final Child child;
    private final Process guard;

    private GuardedProcess(Child child, Process guard) {
        this.child = child;
        this.guard = guard;
    }

    public static GuardedProcess start(Child child) {
        try {
            Files.createDirectories(child.logFile().toAbsolutePath().getParent());
            Files.createDirectories(child.pidFile().toAbsolutePath().getParent());
            Files.deleteIfExists(child.pidFile());
            var process = new GuardedProcess(child, builder(child).start());
            process.recordStart();
            return process;
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot start " + child.name(), failure);
        }
    }

    private static ProcessBuilder builder(Child child) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", GUARD, "hearth-guard"));
        command.add(child.pidFile().toAbsolutePath().toString());
        command.add(child.stopSignal());
        command.add(Long.toString(child.grace().toSeconds()));
        command.addAll(child.command());
        var builder = new ProcessBuilder(command)
                .directory(child.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(child.logFile().toFile()));
        builder.environment().putAll(child.environment());
        return builder;
    }

    /// Completes the guard's note, so that a later program can tell this process from another that got its number.
    private void recordStart() throws IOException {
        for (int attempt = 0; attempt < 500 && guard.isAlive(); attempt++) {
            var written = PidFile.pidIn(child.pidFile());
            if (written.isPresent()) {
                PidFile.complete(child.pidFile(), written.getAsLong());
                return;
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(5);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    public boolean isAlive() {
        return guard.isAlive();
    }

    /// Completes with the exit code when the process has ended.
    public CompletableFuture<Integer> onExit() {
        return guard.onExit().thenApply(Process::exitValue);
    }

    /// Whether it has ended, by itself or asked to by its signal, and was not killed.
    boolean endedInGoodOrder() {
        return !guard.isAlive() && (guard.exitValue() == 0 || guard.exitValue() == ENDED_BY_TERM);
    }

    /// Ends the process in good order, or kills it when its grace is over. Returns when it is gone.
    @Override
    public void close() {
        try {
            guard.getOutputStream().close();
        } catch (IOException alreadyGone) {
            // The pipe breaks when the process has ended before: nothing is left to do.
        }
        try {
            if (!guard.waitFor(child.grace().toSeconds() + 5, TimeUnit.SECONDS)) {
                guard.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
