package dev.hearth.standalone.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// A certificate with its key, and the certificates between it and an authority.
public record ServerCertificate(PrivateKey key, List<X509Certificate> chain) {
    private static final int DNS = 2;
    private static final int IP = 7;

    public ServerCertificate {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a chain has at least the server's certificate");
        }
    }

    public X509Certificate leaf() {
        return chain.getFirst();
    }

    public Instant from() {
        return leaf().getNotBefore().toInstant();
    }

    public Instant until() {
        return leaf().getNotAfter().toInstant();
    }

    /// The names and addresses that it speaks for, as it has them.
    public List<String> names() {
        return alternatives().stream()
                .filter(name -> name.get(0).equals(DNS) || name.get(0).equals(IP))
                .map(name -> (String) name.get(1))
                .toList();
    }

    public boolean isFor(HostName host) {
        return alternatives().stream().anyMatch(name -> switch ((Integer) name.get(0)) {
            case DNS -> !host.isAddress() && host.matches((String) name.get(1));
            case IP -> host.address().equals(new HostName((String) name.get(1)).address());
            default -> false;
        });
    }

    boolean keyBelongs() {
        try {
            var algorithm = switch (key.getAlgorithm()) {
                case "EC" -> "SHA256withECDSA";
                case "RSA" -> "SHA256withRSA";
                default -> key.getAlgorithm();
            };
            byte[] text = {1, 2, 3};
            var signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(leaf().getPublicKey());
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException otherKind) {
            return false;
        }
    }

    /// The first certificate of the chain that the next one has not signed; the chain's length if all is well.
    int brokenAt() {
        for (int place = 0; place + 1 < chain.size(); place++) {
            try {
                chain.get(place).verify(chain.get(place + 1).getPublicKey());
            } catch (GeneralSecurityException notSigned) {
                return place;
            }
        }
        return chain.size();
    }

    private Collection<List<?>> alternatives() {
        try {
            var names = leaf().getSubjectAlternativeNames();
            return names == null ? List.of() : names;
        } catch (CertificateParsingException unreadable) {
            return List.of();
        }
    }

    @Override
    public String toString() {
        return "ServerCertificate" + names() + " until " + until();
    }
}
