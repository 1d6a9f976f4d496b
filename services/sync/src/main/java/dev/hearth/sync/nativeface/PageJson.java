package dev.hearth.sync.nativeface;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.hearth.contracts.Generation;
import dev.hearth.contracts.Sequence;
import dev.hearth.contracts.StoreId;
import java.io.ByteArrayOutputStream;
import java.util.List;

/// A page of events as JSON, made of events that are encoded already.
final class PageJson {
    private PageJson() {}

    /// `next` is the cursor of the page after this one, in the same direction.
    static byte[] encode(
            StoreId store, Generation generation, Sequence head, List<byte[]> events, boolean more, long next) {
        int size = events.stream().mapToInt(event -> event.length + 1).sum();
        var bytes = new ByteArrayOutputStream(size + 200);
        write(bytes, "{\"store\":\"" + store + "\",\"generation\":" + generation + ",\"head\":" + head);
        write(bytes, ",\"more\":" + more + ",\"next\":" + next + ",\"events\":[");
        for (int i = 0; i < events.size(); i++) {
            if (i > 0) {
                bytes.write(',');
            }
            bytes.writeBytes(events.get(i));
        }
        write(bytes, "]}");
        return bytes.toByteArray();
    }

    private static void write(ByteArrayOutputStream bytes, String ascii) {
        bytes.writeBytes(ascii.getBytes(US_ASCII));
    }
}
