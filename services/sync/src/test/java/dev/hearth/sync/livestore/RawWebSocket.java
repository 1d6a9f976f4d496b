package dev.hearth.sync.livestore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// A WebSocket below any client's manners: bytes go out as a test gives them.
final class RawWebSocket implements AutoCloseable {
    static final int TEXT = 0x81;
    static final int CLOSE = 0x88;

    /// The connection ended without a close frame.
    static final int NO_CODE = -1;

    private static final int PATIENCE = 20_000;
    private static final byte[] MASK = {1, 2, 3, 4};

    private final Socket socket;
    private final DataInputStream in;

    RawWebSocket(URI url, String token) throws IOException {
        socket = new Socket(url.getHost(), url.getPort());
        socket.setSoTimeout(PATIENCE);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        send(("GET " + url.getPath() + "?transport=ws HTTP/1.1\r\nHost: " + url.getAuthority()
                        + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13"
                        + "\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nAuthorization: Bearer " + token
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        assertThat(head()).startsWith("HTTP/1.1 101 ");
    }

    private String head() throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    /// A whole frame as a client sends it; short ones only.
    static byte[] frame(int first, byte[] payload) throws IOException {
        var frame = new ByteArrayOutputStream();
        frame.write(first);
        if (payload.length < 126) {
            frame.write(0x80 | payload.length);
        } else {
            frame.write(0x80 | 126);
            frame.write(ByteBuffer.allocate(2).putShort((short) payload.length).array());
        }
        frame.write(MASK);
        for (int i = 0; i < payload.length; i++) {
            frame.write(payload[i] ^ MASK[i % MASK.length]);
        }
        return frame.toByteArray();
    }

    static byte[] text(String text) throws IOException {
        return frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /// Reads to the server's next text.
    String next() throws IOException {
        while (true) {
            int first = in.readUnsignedByte();
            byte[] payload = payload();
            if (first == TEXT) {
                return new String(payload, StandardCharsets.UTF_8);
            }
            assertThat(first).as("the server goes on").isNotEqualTo(CLOSE);
        }
    }

    /// Reads to the end, or to the server's close frame.
    int closeCode() throws IOException {
        try {
            while (true) {
                int first = in.readUnsignedByte();
                byte[] payload = payload();
                if (first == CLOSE) {
                    return ByteBuffer.wrap(payload).getShort();
                }
            }
        } catch (EOFException | SocketException ended) {
            return NO_CODE;
        }
    }

    private byte[] payload() throws IOException {
        int length = in.readUnsignedByte();
        return in.readNBytes(
                switch (length) {
                    case 126 -> in.readUnsignedShort();
                    case 127 -> Math.toIntExact(in.readLong());
                    default -> length;
                });
    }

    /// Ends the connection as a program that ends does, or with a reset.
    void cut(boolean reset) throws IOException {
        if (reset) {
            socket.setSoLinger(true, 0);
        }
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
