package dev.hearth.standalone;

import dev.hearth.standalone.tls.TestFiles;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.mqtt.MqttClient;
import io.vertx.mqtt.MqttClientOptions;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Clients that trust one authority and nobody else.
final class Trusting {
    private Trusting() {}

    /// A client with one authority.
    static HttpClient client(Path authority) throws Exception {
        return HttpClient.newBuilder().sslContext(context(authority)).build();
    }

    static SSLContext context(Path authority) throws Exception {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "authority", TestFiles.certificates(authority).getFirst());
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    /// Whether a device that trusts this authority gets in by MQTT over TLS.
    static boolean connects(Path authority, DataFolder data) throws Exception {
        var vertx = Vertx.vertx();
        var client = MqttClient.create(
                vertx,
                new MqttClientOptions()
                        .setSsl(true)
                        .setHostnameVerificationAlgorithm("HTTPS")
                        .setTrustOptions(new PemTrustOptions().addCertPath(authority.toString()))
                        .setUsername(Servers.MQTT_USER)
                        .setPassword(Secrets.of(data).mqtt().value()));
        int port = Integer.parseInt(PrivateProperties.read(data.ports()).get("mqtts"));
        try {
            return client.connect(port, "localhost")
                    .map(true)
                    .otherwise(false)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
