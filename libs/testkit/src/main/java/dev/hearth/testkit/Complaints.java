package dev.hearth.testkit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// What this process logs as a warning or worse, until it is closed.
public final class Complaints implements AutoCloseable {
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Handler ear = new Handler() {
        @Override
        public void publish(LogRecord line) {
            if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
                heard.add(line.getLoggerName() + ": " + line.getMessage() + " " + line.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    public Complaints() {
        Logger.getLogger("").addHandler(ear);
    }

    public List<String> heard() {
        return List.copyOf(heard);
    }

    @Override
    public void close() {
        Logger.getLogger("").removeHandler(ear);
    }
}
