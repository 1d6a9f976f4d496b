package dev.hearth.auth.publish;

import dev.hearth.auth.AuthConfig;
import dev.hearth.caller.IdentityFeed;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.CommonClientConfigs;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Moves changes of identity from the outbox to `hearth.identity`. Any number may run; the one that holds the lease
/// publishes. Whatever stops it, it goes on where it was: a change may be published twice, never left out, and never
/// before an earlier one of its subject. Nothing waits for it: services ask auth itself, and are woken by this.
@ApplicationScoped
public class IdentityRelay {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    /// No access token lives longer.
    private static final Duration LONGEST_TOKEN = Duration.ofDays(1);

    private static final Duration TIDY = Duration.ofMinutes(1);

    private final Pool pool;
    private final AuthConfig.Relay config;
    private final Duration idle;
    private final Map<String, Object> kafka;
    private final Clock clock;
    private final IdentityFeed feed;
    private final Thread thread =
            Thread.ofPlatform().name("identity-relay").daemon().unstarted(this::run);
    private final AtomicLong published = new AtomicLong();
    private volatile boolean stopping;

    IdentityRelay(
            @ReactiveDataSource("auth") Pool pool,
            AuthConfig config,
            Clock clock,
            IdentityFeed feed,
            @ConfigProperty(name = "kafka.bootstrap.servers", defaultValue = "localhost:9092") String kafka) {
        this.pool = pool;
        this.config = config.relay();
        this.idle = config.session().idle();
        this.clock = clock;
        this.feed = feed;
        this.kafka = Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, kafka);
    }

    void start(@Observes StartupEvent event, MeterRegistry metrics) {
        FunctionCounter.builder("hearth.identity.published", published, AtomicLong::get)
                .description("Changes of identity that Kafka has acknowledged")
                .register(metrics);
        if (config.enabled()) {
            thread.start();
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        if (config.enabled()) {
            stopping = true;
            thread.interrupt();
            thread.join(Duration.ofSeconds(10));
        }
    }

    private void run() {
        var pause = FIRST_PAUSE;
        while (!stopping) {
            try {
                lead();
                pause = FIRST_PAUSE;
            } catch (InterruptedException stopped) {
                return;
            } catch (PublishFailed | RuntimeException failure) {
                if (stopping) {
                    return;
                }
                Log.warnf("identity relay pauses: %s", failure.getMessage());
                if (!rest(pause)) {
                    return;
                }
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        }
    }

    private boolean rest(Duration pause) {
        try {
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            return !stopping;
        } catch (InterruptedException stopped) {
            return false;
        }
    }

    private void lead() throws PublishFailed, InterruptedException {
        var taken = OutboxLease.take(pool);
        if (taken.isEmpty()) {
            TimeUnit.NANOSECONDS.sleep(config.pollInterval().toNanos());
            return;
        }
        try (var lease = taken.get();
                var topic = new IdentityTopic(kafka, config.deliveryTimeout(), config.replicationFactor())) {
            publish(lease, topic);
        }
    }

    private void publish(OutboxLease lease, IdentityTopic topic) throws PublishFailed, InterruptedException {
        while (!stopping && !lease.isLost()) {
            lease.topicIs(topic.id());
            lease.deleteEnded(clock.instant(), idle, LONGEST_TOKEN);
            lease.forget(clock.instant().minus(config.keep()));
            long again = System.nanoTime() + TIDY.toNanos();
            while (!stopping && !lease.isLost() && System.nanoTime() < again) {
                var changes = lease.next(config.batch());
                if (changes.isEmpty()) {
                    lease.await(config.pollInterval());
                } else {
                    // This process's own need not wait for the topic.
                    feed.look();
                    topic.publish(changes);
                    lease.published(changes);
                    published.addAndGet(changes.size());
                }
            }
        }
    }
}
