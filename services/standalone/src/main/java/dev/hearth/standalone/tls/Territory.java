package dev.hearth.standalone.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraintValidatorException;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PKIXNameConstraintValidator;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;

/// What an authority may speak for: the names and addresses that mean something at home only, and some besides.
record Territory(List<GeneralSubtree> permitted) {
    private static final List<String> AT_HOME =
            List.of("localhost", "local", "lan", "home", "internal", "home.arpa", "test");
    private static final List<String> ADDRESSES_AT_HOME = List.of(
            "127.0.0.0/8",
            "10.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "169.254.0.0/16",
            "100.64.0.0/10",
            "::1/128",
            "fc00::/7",
            "fe80::/10");

    static Territory of(Stream<HostName> besides) {
        var home = new Territory(Stream.concat(
                        AT_HOME.stream().map(HostName::new).map(Territory::general),
                        ADDRESSES_AT_HOME.stream().map(Territory::range))
                .map(GeneralSubtree::new)
                .toList());
        return new Territory(Stream.concat(
                        home.permitted().stream(),
                        besides.distinct()
                                .filter(name -> !home.includes(name))
                                .map(Territory::alone)
                                .map(GeneralSubtree::new))
                .toList());
    }

    private static GeneralName alone(HostName name) {
        return name.address()
                .map(address -> range(name + "/" + address.getAddress().length * 8))
                .orElseGet(() -> general(name));
    }

    static Territory of(X509Certificate authority) {
        byte[] extension = authority.getExtensionValue(Extension.nameConstraints.getId());
        if (extension == null) {
            return new Territory(List.of());
        }
        try {
            var constraints = NameConstraints.getInstance(JcaX509ExtensionUtils.parseExtensionValue(extension));
            return new Territory(List.of(constraints.getPermittedSubtrees()));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    NameConstraints constraints() {
        return new NameConstraints(permitted.toArray(GeneralSubtree[]::new), null);
    }

    boolean includes(HostName name) {
        var validator = new PKIXNameConstraintValidator();
        validator.intersectPermittedSubtree(permitted.toArray(GeneralSubtree[]::new));
        try {
            validator.checkPermitted(general(name));
            return !permitted.isEmpty();
        } catch (NameConstraintValidatorException outside) {
            return false;
        }
    }

    static GeneralName general(HostName name) {
        return name.address()
                .map(address -> new GeneralName(GeneralName.iPAddress, new DEROctetString(address.getAddress())))
                .orElseGet(() -> new GeneralName(GeneralName.dNSName, name.text()));
    }

    /// As certificates have it: the address, and a mask as long.
    private static GeneralName range(String text) {
        int slash = text.lastIndexOf('/');
        byte[] address = InetAddress.ofLiteral(text.substring(0, slash)).getAddress();
        int bits = Integer.parseInt(text.substring(slash + 1));
        byte[] both = Arrays.copyOf(address, address.length * 2);
        for (int bit = 0; bit < bits; bit++) {
            both[address.length + bit / 8] |= (byte) (0x80 >> bit % 8);
        }
        return new GeneralName(GeneralName.iPAddress, new DEROctetString(both));
    }
}
