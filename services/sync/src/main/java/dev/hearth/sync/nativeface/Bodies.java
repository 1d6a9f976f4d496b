package dev.hearth.sync.nativeface;

import com.fasterxml.jackson.core.JacksonException;
import dev.hearth.problems.ProblemAnswers;
import dev.hearth.problems.ProblemException;
import dev.hearth.sync.SyncConfig;
import dev.hearth.sync.json.ContentEncoding;
import dev.hearth.sync.json.RawJsonReader;
import dev.hearth.sync.json.RawJsonReader.UnknownFields;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// Reads bodies strictly; large and packed ones on a worker, so that no event loop waits for them.
@ApplicationScoped
public class Bodies {
    private final RawJsonReader json;
    private final int inPlace;
    private final int maxBytes;

    Bodies(SyncConfig config, @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBytes) {
        this.json = new RawJsonReader(config.maxJsonDepth(), UnknownFields.REFUSED);
        this.inPlace = config.maxBytesReadInPlace();
        this.maxBytes = Math.toIntExact(maxBytes.asLongValue());
    }

    <T> Uni<T> read(byte[] body, @Nullable String contentEncoding, Class<T> type) {
        var read = Uni.createFrom().item(() -> parse(ContentEncoding.unpack(body, contentEncoding, maxBytes), type));
        return body.length <= inPlace && !ContentEncoding.isPacked(contentEncoding)
                ? read
                : read.runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private <T> T parse(byte[] body, Class<T> type) {
        try {
            return json.read(body, type);
        } catch (JacksonException invalid) {
            throw new ProblemException(ProblemAnswers.invalidJson(invalid));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
