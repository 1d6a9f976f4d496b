package dev.hearth.standalone;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.X509ExtendedKeyManager;

/// MQTT over TLS: takes off the TLS and passes on what is inside to the broker, which listens on loopback alone. (The
/// broker could do it by itself, but then its plain port would be open wherever this one is.)
final class Mqtts implements AutoCloseable {
    private final Vertx vertx;
    private final NetClient client;
    private final int broker;

    private Mqtts(Vertx vertx, int broker) {
        this.vertx = vertx;
        this.client = vertx.createNetClient();
        this.broker = broker;
    }

    static Mqtts open(String host, int port, int broker, X509ExtendedKeyManager key) {
        var vertx = Vertx.vertx(
                new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1));
        var mqtts = new Mqtts(vertx, broker);
        var options = new NetServerOptions()
                .setHost(host)
                .setPort(port)
                .setSsl(true)
                .setKeyCertOptions(KeyCertOptions.wrap(key))
                .setSslHandshakeTimeout(10)
                .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS);
        OriginTls.protocols().forEach(options::addEnabledSecureTransportProtocol);
        vertx.createNetServer(options)
                .connectHandler(mqtts::pass)
                // Who does not speak TLS here is of no interest.
                .exceptionHandler(_ -> {})
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return mqtts;
    }

    private void pass(NetSocket device) {
        device.pause();
        client.connect(broker, "127.0.0.1").onFailure(_ -> device.close()).onSuccess(inside -> {
            // Each ends the other when it has ended, in whatever way.
            device.pipeTo(inside).onComplete(_ -> inside.close());
            inside.pipeTo(device).onComplete(_ -> device.close());
        });
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .completeOnTimeout(null, 5, TimeUnit.SECONDS)
                .join();
    }
}
