package dev.hearth.standalone;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.KeyCertOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.X509ExtendedKeyManager;

/// In one program: gives the services' own HTTP server the certificate of this run, if there is one.
@ApplicationScoped
final class OriginTls implements HttpServerOptionsCustomizer {
    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        Run.originKey().ifPresent(key -> apply(key, options));
    }

    static void apply(X509ExtendedKeyManager key, HttpServerOptions options) {
        options.setSsl(true)
                .setKeyCertOptions(KeyCertOptions.wrap(key))
                .setEnabledSecureTransportProtocols(protocols())
                .setUseAlpn(true)
                .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1));
    }

    static Set<String> protocols() {
        return new LinkedHashSet<>(List.of("TLSv1.3", "TLSv1.2"));
    }
}
