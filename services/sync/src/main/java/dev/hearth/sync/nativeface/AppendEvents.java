package dev.hearth.sync.nativeface;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.contracts.ProblemType;
import dev.hearth.contracts.Revision;
import dev.hearth.contracts.Sequence;
import dev.hearth.contracts.StreamId;
import dev.hearth.eventlog.Expectation;
import dev.hearth.eventlog.NewEvent;
import dev.hearth.problems.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// Events to append, all or none, and what the writer believes.
public record AppendEvents(
        @Schema(required = true) @Nullable List<@Nullable EventToAppend> events,

        @Schema(description = "The store's head must be this", minimum = "0") @Nullable
        Long expectedHead,

        @Nullable ExpectedRevision expectedRevision) {

    /// What the writer believes of one stream.
    public record ExpectedRevision(
            @Schema(required = true, maxLength = 200) @Nullable
            String stream,

            @Schema(
                    description = "The stream's last revision, or \"none\", or \"exists\"",
                    oneOf = {Long.class, String.class},
                    required = true)
            @Nullable
            JsonNode revision) {

        Expectation expectation() {
            var name = new StreamId(Texts.required("expectedRevision.stream", stream(), StreamId.MAX_LENGTH));
            var believed = revision();
            if (believed != null && believed.isIntegralNumber() && believed.canConvertToLong()) {
                if (believed.longValue() >= 0) {
                    return new Expectation.AtRevision(name, new Revision(believed.longValue()));
                }
            } else if (believed != null && believed.isTextual()) {
                switch (believed.textValue()) {
                    case "none" -> {
                        return new Expectation.NoStream(name);
                    }
                    case "exists" -> {
                        return new Expectation.StreamExists(name);
                    }
                    default -> {}
                }
            }
            throw Texts.refused("\"expectedRevision.revision\" is a number from 0, \"none\" or \"exists\".");
        }
    }

    Expectation expectation() {
        var head = expectedHead();
        var revision = expectedRevision();
        if (head != null && revision != null) {
            throw Texts.refused("Send \"expectedHead\" or \"expectedRevision\", not both.");
        }
        if (head != null && head < 0) {
            throw Texts.refused("\"expectedHead\" is never negative.");
        }
        if (head != null) {
            return new Expectation.AtHead(new Sequence(head));
        }
        return revision == null ? Expectation.any() : revision.expectation();
    }

    List<NewEvent> newEvents(boolean isPrivate, Optional<String> idempotencyKey, int max) {
        var sent = events();
        if (sent == null || sent.isEmpty()) {
            throw Texts.refused("\"events\" holds at least one event.");
        }
        if (sent.size() > max) {
            throw new ProblemException(
                    ProblemType.TOO_MANY_EVENTS,
                    "One append carries at most " + max + " events.",
                    Map.of("allowed", max, "actual", sent.size()));
        }
        var events = new ArrayList<NewEvent>(sent.size());
        for (int i = 0; i < sent.size(); i++) {
            var event = sent.get(i);
            if (event == null) {
                throw Texts.refused("\"events[" + i + "]\" is null.");
            }
            events.add(event.newEvent(i, isPrivate, idempotencyKey));
        }
        return events;
    }
}
