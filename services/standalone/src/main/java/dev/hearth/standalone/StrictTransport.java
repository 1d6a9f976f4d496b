package dev.hearth.standalone;

import dev.hearth.standalone.tls.HostName;
import java.util.Optional;

/// Tells browsers to come by TLS only, for half a year from their last visit. Not where the host is this machine or a
/// number: a browser would then refuse whatever else runs on it, and numbers are not remembered anyway. Not for the
/// names below, which are not ours to promise for. Behind a proxy it is the proxy that makes this promise.
final class StrictTransport {
    static final String HEADER = "Strict-Transport-Security";
    private static final String PROMISE = "max-age=15552000";

    private StrictTransport() {}

    static Optional<String> of(Settings settings) {
        var host = new HostName(settings.publicUrl().getHost());
        boolean promised = settings.tls().isPresent() && !host.isAddress() && !host.isThisMachine();
        return promised ? Optional.of(PROMISE) : Optional.empty();
    }
}
