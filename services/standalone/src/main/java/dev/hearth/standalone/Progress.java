package dev.hearth.standalone;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/// Says in the terminal what is being done, and how long it has taken since the start.
final class Progress {
    private final PrintStream out;
    private final long started = System.nanoTime();

    Progress(PrintStream out) {
        this.out = out;
    }

    synchronized void say(String what) {
        double seconds = Duration.ofNanos(System.nanoTime() - started).toMillis() / 1000.0;
        out.println(String.format(Locale.ROOT, "[%5.1f s] %s", seconds, what));
    }

    /// The line that scripts wait for, alone and exact.
    synchronized void line(String text) {
        out.println(text);
        out.flush();
    }
}
