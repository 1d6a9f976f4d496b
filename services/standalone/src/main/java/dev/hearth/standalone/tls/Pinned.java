package dev.hearth.standalone.tls;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.NoSuchElementException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Trust for tools on Hearth's own machine: in the one certificate that Hearth has noted to serve, whatever its name
/// and
/// whoever signed it, and in no other.
public final class Pinned extends X509ExtendedTrustManager {
    private final Path note;

    private Pinned(Path note) {
        this.note = note;
    }

    /// @param note what `ServedCertificate` writes
    public static SSLContext context(Path note) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Pinned(note)}, null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// What is served, in a line for people.
    public static String shown(Path note) {
        try {
            var leaf = Pem.parse(Files.readString(note)).certificates().getFirst();
            return "certificate      until " + leaf.getNotAfter().toInstant() + ", by "
                    + leaf.getIssuerX500Principal().getName();
        } catch (IOException | NoSuchElementException missing) {
            return "certificate      none is noted in " + note;
        }
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        try {
            var noted = Pem.parse(Files.readString(note)).certificates();
            if (chain.length == 0 || noted.isEmpty() || !noted.getFirst().equals(chain[0])) {
                throw new CertificateException("this is not the certificate that is noted in " + note);
            }
        } catch (IOException missing) {
            throw new CertificateException("nothing is noted in " + note, missing);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, @Nullable Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, @Nullable SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, @Nullable Socket socket)
            throws CertificateException {
        throw new CertificateException("no clients here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, @Nullable SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("no clients here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) throws CertificateException {
        throw new CertificateException("no clients here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
