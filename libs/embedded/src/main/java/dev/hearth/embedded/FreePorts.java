package dev.hearth.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/// Looks at TCP ports of this machine.
public final class FreePorts {
    /// Below those that systems give to outgoing connections (32768 and up on Linux, 49152 elsewhere): one of them
    /// would take a chosen port before its server comes to listen.
    private static final int FIRST = 20_000;

    private static final int END = 32_000;
    private static final int TRIES = 200;

    private FreePorts() {}

    /// A port on loopback that nothing uses now, by chance, so that two who ask get different ones.
    public static int any() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (isFree("127.0.0.1", port)) {
                return port;
            }
        }
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Whether a server could listen there at this moment.
    public static boolean isFree(String host, int port) {
        try (var socket = new ServerSocket()) {
            // As the servers do: a port whose last connections are still winding down is free.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port), 1);
            return true;
        } catch (IOException inUse) {
            return false;
        }
    }
}
