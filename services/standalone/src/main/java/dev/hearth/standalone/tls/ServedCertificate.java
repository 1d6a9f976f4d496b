package dev.hearth.standalone.tls;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.X509ExtendedKeyManager;

/// The certificate that this Hearth shows. When its source has a better one, that is served from the next handshake on;
/// what cannot be used is said, and the old one stays.
public final class ServedCertificate implements AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final CertificateSource source;
    private final Path note;
    private final Consumer<String> progress;
    private final LivingKey key;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("certificate").factory());

    private ServedCertificate(CertificateSource source, Path note, Consumer<String> progress) {
        this.source = source;
        this.note = note;
        this.progress = progress;
        key = new LivingKey(source.obtain());
        write();
    }

    /// @param note where it is written what is served, for tools on this machine; never the key
    public static ServedCertificate open(CertificateSource source, Path note, Consumer<String> progress) {
        var served = unwatched(source, note, progress);
        served.watch.scheduleWithFixedDelay(served::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
        return served;
    }

    static ServedCertificate unwatched(CertificateSource source, Path note, Consumer<String> progress) {
        return new ServedCertificate(source, note, progress);
    }

    public X509ExtendedKeyManager key() {
        return key;
    }

    public ServerCertificate current() {
        return key.current();
    }

    void look() {
        try {
            if (source.isOutdated()) {
                key.replace(source.obtain());
                write();
                progress.accept(
                        "a new certificate is served, good until " + current().until());
            }
        } catch (RuntimeException unusable) {
            progress.accept("the new certificate is not served: " + unusable.getMessage() + " The old one stays, good"
                    + " until " + current().until());
        }
    }

    private void write() {
        PrivateFile.write(note, Pem.of(current().chain()));
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }
}
