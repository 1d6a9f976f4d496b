package dev.hearth.testkit.sweep;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/// HTTP/1.1 on a bare socket. Clients that know what is proper refuse to send most of what a server should refuse to
/// take.
public final class Wire implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;
    /// An open stream has said by then what it says first.
    private static final int FIRST_WORDS_MILLIS = 300;

    private final String host;
    private final int port;
    private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();

    public Wire(URI server) {
        this.host = server.getHost();
        this.port = server.getPort();
    }

    public Answer send(Ask ask) {
        var kept = idle.poll();
        try {
            if (kept != null) {
                try {
                    return send(kept, ask);
                } catch (EOFException endedMeanwhile) {
                    kept.socket.close();
                }
            }
            return send(new Connection(host, port), ask);
        } catch (IOException failure) {
            throw new AssertionError(ask.method() + " " + shortened(ask.target()) + ": " + failure, failure);
        }
    }

    private static String shortened(String text) {
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }

    private Answer send(Connection connection, Ask ask) throws IOException {
        boolean keep = false;
        try {
            connection.write(ask, host + ":" + port);
            var answer = connection.read(ask.method());
            keep = connection.reusable;
            return answer;
        } finally {
            if (keep) {
                idle.push(connection);
            } else {
                connection.socket.close();
            }
        }
    }

    @Override
    public void close() {
        for (var connection = idle.poll(); connection != null; connection = idle.poll()) {
            try {
                connection.socket.close();
            } catch (IOException ignored) {
                // It is gone.
            }
        }
    }

    private static final class Connection {
        private final Socket socket = new Socket();
        private final BufferedInputStream in;
        private boolean reusable;

        Connection(String host, int port) throws IOException {
            socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
        }

        /// Latin 1, so that a header's bytes are what its text says.
        void write(Ask ask, String authority) throws IOException {
            var head = new StringBuilder(ask.method() + " " + ask.target() + " HTTP/1.1\r\n");
            if (ask.headers().stream().noneMatch(header -> header.getKey().equalsIgnoreCase("Host"))) {
                head.append("Host: ").append(authority).append("\r\n");
            }
            ask.headers()
                    .forEach(header -> head.append(header.getKey())
                            .append(": ")
                            .append(header.getValue())
                            .append("\r\n"));
            if (ask.headers().stream().noneMatch(header -> header.getKey().equalsIgnoreCase("Content-Length"))
                    && (ask.body().length > 0 || !ask.method().equals("GET"))) {
                head.append("Content-Length: ").append(ask.body().length).append("\r\n");
            }
            head.append("\r\n");
            var bytes = new ByteArrayOutputStream();
            bytes.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
            bytes.write(ask.body());
            try {
                socket.getOutputStream().write(bytes.toByteArray());
            } catch (IOException refusedEarly) {
                // The answer may be there already.
            }
        }

        Answer read(String method) throws IOException {
            reusable = false;
            int status = status(line(true));
            while (status == 100) {
                headers();
                status = status(line(false));
            }
            var headers = headers();
            boolean empty = method.equals("HEAD") || status == 204 || status == 304 || status == 101;
            byte[] body = empty ? new byte[0] : unpacked(headers, body(headers));
            reusable = !"close".equalsIgnoreCase(first(headers, "connection")) && reusable && status != 101;
            return new Answer(status, headers, body);
        }

        private static int status(String line) throws IOException {
            var parts = line.split(" ", 3);
            if (parts.length < 2 || !parts[0].startsWith("HTTP/1.")) {
                throw new IOException("no answer of HTTP's: " + line);
            }
            return Integer.parseInt(parts[1]);
        }

        private Map<String, List<String>> headers() throws IOException {
            Map<String, List<String>> headers = new HashMap<>();
            for (String line = line(false); !line.isEmpty(); line = line(false)) {
                int colon = line.indexOf(':');
                headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                        .add(line.substring(colon + 1).strip());
            }
            return headers;
        }

        private byte[] body(Map<String, List<String>> headers) throws IOException {
            if (first(headers, "content-type").startsWith("text/event-stream")) {
                return firstWords();
            }
            if (first(headers, "transfer-encoding").equalsIgnoreCase("chunked")) {
                var body = new ByteArrayOutputStream();
                for (int size = size(); size > 0; size = size()) {
                    body.write(in.readNBytes(size));
                    line(false);
                }
                headers();
                reusable = true;
                return body.toByteArray();
            }
            var length = first(headers, "content-length");
            if (length.isEmpty()) {
                return in.readAllBytes();
            }
            reusable = true;
            return in.readNBytes(Integer.parseInt(length));
        }

        /// Which answer is packed depends on what was asked for; what it says does not.
        private static byte[] unpacked(Map<String, List<String>> headers, byte[] body) throws IOException {
            return switch (first(headers, "content-encoding")) {
                case "gzip" -> new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
                case "deflate" -> new InflaterInputStream(new ByteArrayInputStream(body)).readAllBytes();
                default -> body;
            };
        }

        private int size() throws IOException {
            return Integer.parseInt(line(false).split(";", 2)[0].strip(), 16);
        }

        private byte[] firstWords() throws IOException {
            var words = new ByteArrayOutputStream();
            socket.setSoTimeout(FIRST_WORDS_MILLIS);
            try {
                for (int next = in.read(); next >= 0; next = in.read()) {
                    words.write(next);
                }
            } catch (SocketTimeoutException saidAll) {
                // What comes now comes as it happens.
            }
            return words.toByteArray();
        }

        private String line(boolean first) throws IOException {
            var line = new ByteArrayOutputStream();
            int next = in.read();
            if (next < 0 && first) {
                throw new EOFException("closed without an answer");
            }
            while (next >= 0 && next != '\n') {
                line.write(next);
                next = in.read();
            }
            var text = line.toString(StandardCharsets.ISO_8859_1);
            return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        }

        private static String first(Map<String, List<String>> headers, String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }
    }
}
