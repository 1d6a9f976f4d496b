package dev.hearth.sync.livestore;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Puts a client's frames together to messages. They stay bytes: made a text, what is not UTF-8 would be replaced by
/// something that is, and written as if the client had sent it.
final class Frames implements Handler<WebSocketFrame> {
    private final long maxBytes;
    private final Consumer<byte[]> message;
    private final Runnable tooLarge;
    private @Nullable Buffer begun;

    /// `tooLarge` is told once, and no message comes after it.
    Frames(long maxBytes, Consumer<byte[]> message, Runnable tooLarge) {
        this.maxBytes = maxBytes;
        this.message = message;
        this.tooLarge = tooLarge;
    }

    @Override
    public void handle(WebSocketFrame frame) {
        if (frame.isText() || frame.isBinary()) {
            add(Buffer.buffer(), frame);
        } else if (frame.isContinuation() && begun != null) {
            add(begun, frame);
        }
    }

    private void add(Buffer whole, WebSocketFrame frame) {
        var part = frame.binaryData();
        if (whole.length() + (long) part.length() > maxBytes) {
            begun = null;
            tooLarge.run();
        } else if (frame.isFinal()) {
            begun = null;
            message.accept(
                    whole.length() == 0
                            ? part.getBytes()
                            : whole.appendBuffer(part).getBytes());
        } else {
            begun = whole.appendBuffer(part);
        }
    }
}
