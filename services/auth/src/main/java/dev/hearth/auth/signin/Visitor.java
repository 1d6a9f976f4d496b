package dev.hearth.auth.signin;

import dev.hearth.caller.Credential;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who stands at the door: the address they come from, what they call their device, and the cookie they bring.
record Visitor(String address, String device, Optional<Credential.SessionCookie> cookie) {

    static Visitor of(HttpServerRequest request) {
        return new Visitor(
                address(request.remoteAddress().hostAddress(), request.getHeader("X-Forwarded-For")),
                DeviceName.of(request.getHeader("User-Agent")),
                Optional.ofNullable(request.getCookie(Credential.SESSION_COOKIE))
                        .map(cookie -> new Credential.SessionCookie(cookie.getValue()))
                        .filter(cookie -> cookie.value().length() <= Credential.MAX_LENGTH));
    }

    /// The origin stands before us on this machine and tells whom it speaks for; nobody else's word counts.
    static String address(String remote, @Nullable String forwardedFor) {
        if (forwardedFor == null || !isLoopback(remote)) {
            return remote;
        }
        return forwardedFor.substring(forwardedFor.lastIndexOf(',') + 1).strip();
    }

    private static boolean isLoopback(String remote) {
        try {
            return InetAddress.getByName(remote).isLoopbackAddress();
        } catch (UnknownHostException none) {
            return false;
        }
    }
}
