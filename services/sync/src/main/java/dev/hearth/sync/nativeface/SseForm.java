package dev.hearth.sync.nativeface;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.hearth.contracts.Generation;
import dev.hearth.contracts.ProblemType;
import dev.hearth.contracts.Sequence;
import dev.hearth.eventlog.Event;
import dev.hearth.problems.ProblemException;
import dev.hearth.sync.live.EventForm;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.regex.Pattern;

/// An event as a server-sent event.
final class SseForm implements EventForm {
    static final SseForm FORM = new SseForm();
    static final byte[] HEARTBEAT = ":\n\n".getBytes(US_ASCII);

    // Numbers that fit, and no generation 0.
    private static final Pattern ID = Pattern.compile("(?:([1-9][0-9]{0,17})-)?([0-9]{1,18})");

    private SseForm() {}

    @Override
    public byte[] encode(Event event) {
        var json = EventJson.FORM.encode(event);
        var bytes = new ByteArrayOutputStream(json.length + 64);
        line(bytes, "id: " + id(event.generation(), event.sequence()));
        line(bytes, "event: event");
        data(bytes, json);
        bytes.write('\n');
        return bytes.toByteArray();
    }

    /// A message about the stream; it leaves the client's last event id as it is.
    static byte[] message(String name, String json) {
        return ("event: " + name + "\ndata: " + json + "\n\n").getBytes(US_ASCII);
    }

    /// The sequence. After a reset the generation stands before it, so that an id of a replaced history is known.
    static String id(Generation generation, Sequence sequence) {
        return generation.equals(Generation.FIRST) ? sequence.toString() : generation + "-" + sequence;
    }

    static LiveResource.Start read(String id) {
        var parts = ID.matcher(id);
        if (!parts.matches()) {
            throw new ProblemException(ProblemType.INVALID_CURSOR, "Last-Event-ID is the id of an event that came.");
        }
        long generation = parts.group(1) == null ? 1 : Long.parseLong(parts.group(1));
        return new LiveResource.Start(
                Optional.of(new Generation(generation)), new Sequence(Long.parseLong(parts.group(2))));
    }

    private static void line(ByteArrayOutputStream bytes, String text) {
        bytes.writeBytes(text.getBytes(US_ASCII));
        bytes.write('\n');
    }

    /// One `data:` a line; the client puts the line feeds back. JSON has them between its tokens only. A carriage
    /// return, which this format cannot carry, stands there too and becomes a line feed.
    private static void data(ByteArrayOutputStream bytes, byte[] json) {
        int from = 0;
        for (int at = 0; at < json.length; at++) {
            if (json[at] == '\n' || json[at] == '\r') {
                line(bytes, json, from, at);
                from = at + 1;
            }
        }
        line(bytes, json, from, json.length);
    }

    private static void line(ByteArrayOutputStream bytes, byte[] json, int from, int to) {
        bytes.writeBytes(DATA);
        bytes.write(json, from, to - from);
        bytes.write('\n');
    }

    private static final byte[] DATA = "data: ".getBytes(US_ASCII);
}
