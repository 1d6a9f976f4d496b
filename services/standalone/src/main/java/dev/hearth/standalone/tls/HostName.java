package dev.hearth.standalone.tls;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;

/// Who a certificate is for: a name, or an address as numbers. Never looked up.
public record HostName(String text) {
    public HostName {
        text = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        text = text.toLowerCase(Locale.ROOT);
    }

    /// The address, if it is one.
    public Optional<InetAddress> address() {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException name) {
            return Optional.empty();
        }
    }

    public boolean isAddress() {
        return address().isPresent();
    }

    /// Whether it always means the machine that asks.
    public boolean isThisMachine() {
        return address()
                .map(InetAddress::isLoopbackAddress)
                .orElse(text.equals("localhost") || text.endsWith(".localhost"));
    }

    /// Whether `pattern` of a certificate, a name or `*.` and a name, speaks for this one.
    boolean matches(String pattern) {
        var wanted = pattern.toLowerCase(Locale.ROOT);
        if (!wanted.startsWith("*.")) {
            return wanted.equals(text);
        }
        int dot = text.indexOf('.');
        return dot > 0 && text.substring(dot).equals(wanted.substring(1));
    }

    @Override
    public String toString() {
        return text;
    }
}
