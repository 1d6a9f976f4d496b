package dev.hearth.standalone;

import dev.hearth.problems.AllowedFields;
import io.quarkus.bootstrap.logging.InitialConfigurator;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.JsonFormatter;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jboss.logmanager.handlers.WriterHandler;

/// Where log lines go before Quarkus runs, and where it never does: the embedded servers start first.
final class Logs {
    private static final String PATTERN = "%d{yyyy-MM-dd HH:mm:ss,SSS} %-5p [%c{3.}] (%t) %s%e%n";

    private Logs() {}

    static void toFile(Path file, LogFormat format) {
        try {
            var handler = new WriterHandler();
            handler.setFormatter(
                    switch (format) {
                        case TEXT -> new PatternFormatter(PATTERN);
                        case JSON -> new JsonFormatter();
                    });
            handler.setFilter(new AllowedFields());
            handler.setAutoFlush(true);
            handler.setWriter(
                    new OutputStreamWriter(new FileOutputStream(file.toFile(), true), StandardCharsets.UTF_8));
            // The brokers tell their whole configuration at INFO.
            for (String talkative : new String[] {"kafka", "org.apache.kafka", "state.change.logger", "io.moquette"}) {
                Logger.getLogger(talkative).setLevel(Level.WARNING);
            }
            // It tells whom messages are for.
            Logger.getLogger("org.subethamail").setLevel(Level.SEVERE);
            InitialConfigurator.DELAYED_HANDLER.setHandlers(new Handler[] {handler});
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
