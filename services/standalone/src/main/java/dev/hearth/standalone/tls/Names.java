package dev.hearth.standalone.tls;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How people and devices may call this machine.
///
/// @param needed what the certificate has to be for
/// @param useful what it is for as well, as far as the authority may speak for it
public record Names(Set<HostName> needed, Set<HostName> useful) {
    public Names {
        needed = Collections.unmodifiableSet(new LinkedHashSet<>(needed));
        useful = Collections.unmodifiableSet(new LinkedHashSet<>(useful));
    }

    /// @param publicHost how people reach Hearth
    /// @param listening the address that it listens on
    public static Names ofThisMachine(HostName publicHost, String listening) {
        Set<HostName> needed = new LinkedHashSet<>();
        needed.add(publicHost);
        for (String always : List.of("localhost", "127.0.0.1", "::1")) {
            needed.add(new HostName(always));
        }
        Set<HostName> useful = new LinkedHashSet<>();
        machineName().ifPresent(name -> {
            useful.add(new HostName(name));
            if (name.indexOf('.') < 0) {
                useful.add(new HostName(name + ".local"));
            }
        });
        if (listening.equals("0.0.0.0") || listening.equals("::")) {
            useful.addAll(addresses());
        } else {
            needed.add(new HostName(listening));
        }
        return new Names(needed, useful);
    }

    /// This machine's own name, if it has one that is fit for a certificate.
    static Optional<String> machineName() {
        try {
            var name = new HostName(InetAddress.getLocalHost().getHostName()).text();
            boolean fit = name.matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");
            return fit && !new HostName(name).isAddress() ? Optional.of(name) : Optional.empty();
        } catch (UnknownHostException nameless) {
            return Optional.empty();
        }
    }

    private static Set<HostName> addresses() {
        Set<HostName> addresses = new LinkedHashSet<>();
        try {
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLinkLocalAddress() && !address.isLoopbackAddress())
                    .forEach(address ->
                            addresses.add(new HostName(address.getHostAddress().replaceFirst("%.*", ""))));
        } catch (SocketException unknown) {
            // Then people use a name.
        }
        return addresses;
    }
}
