package dev.hearth.eventlog;

import dev.hearth.contracts.Alias;
import dev.hearth.contracts.EventId;
import dev.hearth.contracts.Generation;
import dev.hearth.contracts.Revision;
import dev.hearth.contracts.Sequence;
import dev.hearth.contracts.StoreId;
import dev.hearth.contracts.StreamId;
import dev.hearth.contracts.Trace;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// A stored fact. `actor` is the principal who wrote it; `erased` says that its payload was blanked;
/// `trace` is that of the request that appended it.
public record Event(
        StoreId store,
        Generation generation,
        Sequence sequence,
        StreamId stream,
        Revision revision,
        Optional<Alias> alias,
        EventId id,
        String type,
        Payload payload,
        String contentType,
        boolean isPrivate,
        boolean erased,
        String actor,
        Origin origin,
        Optional<Instant> occurredAt,
        Instant recordedAt,
        Map<String, String> attributes,
        Optional<Trace> trace) {}
