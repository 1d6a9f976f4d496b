package dev.hearth.problems;

import io.quarkus.logging.LoggingFilter;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;

/// Takes every field off a log line that is not known to be harmless: what a library puts beside a message, nobody has
/// looked at.
@LoggingFilter(name = "allowed-fields")
public final class AllowedFields implements Filter {
    private static final Set<String> ALLOWED = Set.of(Traces.FIELD);

    @Override
    public boolean isLoggable(LogRecord line) {
        if (line instanceof ExtLogRecord fields) {
            Map<String, String> kept = new HashMap<>(fields.getMdcCopy());
            kept.keySet().retainAll(ALLOWED);
            fields.setMdc(kept);
            fields.setNdc("");
        }
        return true;
    }
}
