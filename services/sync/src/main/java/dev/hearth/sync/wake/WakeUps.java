package dev.hearth.sync.wake;

import dev.hearth.contracts.Topics;
import dev.hearth.messaging.Broadcast;
import dev.hearth.messaging.LogMessage;
import dev.hearth.sync.SyncConfig;
import dev.hearth.sync.live.Live;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// Tells the tails of this process what every process is told: which store moved on, never what happened there.
@Startup
@ApplicationScoped
public class WakeUps implements Broadcast.Listener {
    private final Live live;
    private final SyncConfig.Live config;
    private final Optional<String> bootstrapServers;
    private @Nullable Broadcast broadcast;

    WakeUps(
            Live live,
            SyncConfig config,
            @ConfigProperty(name = "kafka.bootstrap.servers") Optional<String> bootstrapServers) {
        this.live = live;
        this.config = config.live();
        this.bootstrapServers = bootstrapServers;
    }

    @PostConstruct
    void listen() {
        if (config.wakeUps() && bootstrapServers.isPresent()) {
            broadcast = new Broadcast(bootstrapServers.get(), Topics.LOG, this);
        }
    }

    @PreDestroy
    void stop() {
        if (broadcast != null) {
            broadcast.close();
        }
    }

    /// Whether wake-ups come now; without them heads are polled.
    public boolean isListening() {
        return broadcast != null && broadcast.isListening();
    }

    @Override
    public void connected() {
        live.look();
    }

    @Override
    public void heard(ConsumerRecord<String, byte[]> message) {
        LogMessage.head(message).ifPresent(live::moved);
    }
}
