package dev.hearth.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// Looks at TCP ports of this machine.
public final class FreePorts {
    private FreePorts() {}

    /// A port on loopback that nothing uses now.
    public static int any() {
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
