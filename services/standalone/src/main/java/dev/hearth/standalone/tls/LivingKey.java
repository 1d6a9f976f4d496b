package dev.hearth.standalone.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// Gives each handshake the certificate of that moment, so that a server need not know that it was replaced.
final class LivingKey extends X509ExtendedKeyManager {
    private record Held(String alias, ServerCertificate certificate) {}

    private Held now;
    /// A handshake that has begun with it ends with it.
    private Held before;

    LivingKey(ServerCertificate first) {
        now = new Held("1", first);
        before = now;
    }

    synchronized ServerCertificate current() {
        return now.certificate();
    }

    synchronized void replace(ServerCertificate next) {
        before = now;
        now = new Held(Integer.toString(Integer.parseInt(now.alias()) + 1), next);
    }

    private synchronized @Nullable ServerCertificate of(String alias) {
        return Stream.of(now, before)
                .filter(held -> held.alias().equals(alias))
                .map(Held::certificate)
                .findFirst()
                .orElse(null);
    }

    private synchronized @Nullable String alias(String keyType) {
        var algorithm = now.certificate().leaf().getPublicKey().getAlgorithm();
        return algorithm.equals(keyType) ? now.alias() : null;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return alias(keyType);
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return alias(keyType);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        var certificate = of(alias);
        return certificate == null ? null : certificate.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        var certificate = of(alias);
        return certificate == null ? null : certificate.key();
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        var alias = alias(keyType);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
