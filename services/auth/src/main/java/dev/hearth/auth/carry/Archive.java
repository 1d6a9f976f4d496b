package dev.hearth.auth.carry;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// What an archive of an account holds: a ZIP with a JSON file for each kind of thing, a file of JSON lines for each
/// store's events, and at its end a manifest. Described in `docs/identity.md`.
final class Archive {
    static final String FORMAT = "hearth-account";
    static final int VERSION = 1;
    static final String MEDIA_TYPE = "application/zip";
    static final String MANIFEST = "manifest.json";
    static final String STORES = "stores.json";

    /// Strict about what it knows, as it is checked before anything is taken in; what a later version adds is not an
    /// error.
    static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(64 * 1024 * 1024)
                            .build())
                    .build())
            .registerModule(new Jdk8Module())
            .registerModule(new JavaTimeModule())
            .setDefaultPropertyInclusion(JsonInclude.Include.NON_ABSENT)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private Archive() {}

    static String eventsOf(UUID store) {
        return "stores/" + store + ".jsonl";
    }

    /// The last file. `files` are all others.
    record Manifest(String format, int version, Instant createdAt, UUID account, Counts counts, List<File> files) {}

    record Counts(long stores, long events) {}

    /// `lines` is given for events.
    record File(String path, long bytes, String sha256, Optional<Long> lines) {}

    /// A store of the account's own; its events stand in `file`, up to `head` of this generation.
    record OwnStore(
            UUID id,
            String face,
            String name,
            String kind,
            @JsonProperty("private") boolean isPrivate,
            long generation,
            long head,
            Instant createdAt,
            String file) {}

    /// A store of a household: named, as its events are the household's.
    record SharedStore(UUID id, String face, String name, String kind, UUID household) {}

    record Profile(
            UUID id,
            Optional<String> email,
            Optional<String> name,
            String timeZone,
            String locale,
            Optional<String> termsVersion,
            Optional<Instant> termsAt,
            Optional<Instant> ageAttestedAt,
            Instant createdAt) {}

    record Token(
            UUID id,
            String name,
            boolean read,
            boolean write,
            Optional<List<UUID>> stores,
            Instant createdAt,
            Optional<Instant> usedAt,
            Instant expiresAt) {}

    record Session(UUID id, String device, Instant createdAt, Instant seenAt, Instant expiresAt) {}

    record Household(UUID id, String name, String role, Instant createdAt, List<SharedStore> stores) {}

    record Alias(String face, String name, UUID store) {}

    /// One event, one line. Its payload is in `text` if it is text, else in `base64`; an erased one has none.
    record EventLine(
            long sequence,
            String stream,
            long revision,
            String id,
            String type,
            String contentType,
            @JsonProperty("private") boolean isPrivate,
            boolean erased,
            Optional<Long> alias,
            Optional<String> actor,
            Optional<String> device,
            Optional<String> session,
            Optional<String> correlation,
            Optional<String> causation,
            Optional<Instant> occurredAt,
            Optional<Instant> recordedAt,
            Map<String, String> attributes,
            Optional<String> text,
            Optional<byte[]> base64) {}
}
