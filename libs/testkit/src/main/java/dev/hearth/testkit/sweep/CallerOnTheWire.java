package dev.hearth.testkit.sweep;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Stands between the services and Postgres, and can tell Postgres that somebody else asks. So the code believes that
/// it
/// works for the owner, each of its own checks says yes, and Postgres is told the truth: what it gives out then,
/// row-level
/// security has let through. Nothing of this is in the services; there is no switch in them that could be left on.
///
/// Where the caller is named: in `set_config('hearth.principals', …)`, and in the first parameter of functions that
/// take
/// it there. Whom to put for whom is read from the system property `SWAP` at each statement, `owner=other` with commas
/// between several, of equal length.
public final class CallerOnTheWire implements AutoCloseable {
    public static final String SWAP = "hearth.sweep.swap";

    private static final int PROTOCOL_3 = 196_608;

    private final ServerSocket server;
    private final String host;
    private final int port;
    private final Supplier<Set<String>> functions;
    private volatile @Nullable Pattern callerFirst;

    /// `functions` are those of the database, each with the name of its first parameter; asked when first needed, as
    /// the
    /// services make them.
    public CallerOnTheWire(String host, int port, Supplier<Set<String>> functions) {
        this.host = host;
        this.port = port;
        this.functions = functions;
        try {
            this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                var client = server.accept();
                var postgres = new Socket(host, port);
                client.setTcpNoDelay(true);
                postgres.setTcpNoDelay(true);
                Thread.ofVirtual().start(() -> pass(client, postgres, new Conversation()::requests));
                Thread.ofVirtual().start(() -> pass(postgres, client, (in, out) -> in.transferTo(out)));
            }
        } catch (IOException closed) {
            // The end.
        }
    }

    @FunctionalInterface
    private interface Pass {
        void pass(BufferedInputStream in, OutputStream out) throws IOException;
    }

    private static void pass(Socket from, Socket to, Pass pass) {
        try (from;
                to) {
            pass.pass(new BufferedInputStream(from.getInputStream()), to.getOutputStream());
        } catch (IOException closed) {
            // Either side may go at any time.
        }
    }

    /// What one connection has prepared.
    private final class Conversation {
        private final Map<String, String> statements = new HashMap<>();

        void requests(BufferedInputStream bytes, OutputStream to) throws IOException {
            var in = new DataInputStream(bytes);
            var out = new DataOutputStream(new BufferedOutputStream(to));
            int code = 0;
            while (code != PROTOCOL_3) {
                int length = in.readInt();
                var body = in.readNBytes(length - 4);
                code = ByteBuffer.wrap(body).getInt();
                out.writeInt(length);
                out.write(body);
                out.flush();
            }
            while (true) {
                if (bytes.available() == 0) {
                    out.flush();
                }
                int type = in.read();
                if (type < 0) {
                    return;
                }
                int length = in.readInt();
                var body = in.readNBytes(length - 4);
                if (type == 'P') {
                    prepared(body);
                } else if (type == 'B') {
                    bound(body);
                }
                out.write(type);
                out.writeInt(length);
                out.write(body);
            }
        }

        private void prepared(byte[] body) {
            int end = end(body, 0);
            var sql = text(body, end + 1, end(body, end + 1));
            statements.put(text(body, 0, end), sql);
        }

        /// Changes the first parameter in its place.
        private void bound(byte[] body) {
            var swap = System.getProperty(SWAP, "");
            int statement = end(body, 0) + 1;
            int end = end(body, statement);
            if (swap.isEmpty() || !namesCaller(statements.getOrDefault(text(body, statement, end), ""))) {
                return;
            }
            var rest = ByteBuffer.wrap(body, end + 1, body.length - end - 1);
            int formats = rest.getShort();
            rest.position(rest.position() + 2 * formats);
            if (rest.getShort() == 0) {
                return;
            }
            int length = rest.getInt();
            int from = rest.position();
            for (String pair : swap.split(",")) {
                var both = pair.split("=");
                replace(body, from, from + length, bytes(both[0]), bytes(both[1]));
                replace(body, from, from + length, id(both[0]), id(both[1]));
            }
        }
    }

    private boolean namesCaller(String sql) {
        var pattern = callerFirst;
        if (pattern == null) {
            var names = functions.get().stream().map(Pattern::quote).collect(Collectors.joining("|"));
            pattern = Pattern.compile("hearth\\.principals'\\s*,\\s*\\$1|\\b(?:" + names + ")\\s*\\(\\s*\\$1");
            callerFirst = pattern;
        }
        return pattern.matcher(sql).find();
    }

    private static void replace(byte[] body, int from, int to, byte[] owner, byte[] other) {
        for (int at = from; at + owner.length <= to; at++) {
            if (Arrays.equals(body, at, at + owner.length, owner, 0, owner.length)) {
                System.arraycopy(other, 0, body, at, other.length);
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// As the binary form of a `uuid` has it.
    private static byte[] id(String text) {
        var id = UUID.fromString(text);
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    private static int end(byte[] body, int from) {
        int end = from;
        while (body[end] != 0) {
            end++;
        }
        return end;
    }

    private static String text(byte[] body, int from, int to) {
        return new String(body, from, to - from, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /// As `SWAP` has it.
    public static String swap(List<Map.Entry<UUID, UUID>> pairs) {
        return String.join(
                ",",
                pairs.stream()
                        .map(pair -> pair.getKey() + "=" + pair.getValue())
                        .toList());
    }
}
