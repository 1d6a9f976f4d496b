package dev.hearth.messaging;

import dev.hearth.caller.IdentityFeed;
import dev.hearth.contracts.Topics;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// Makes this process ask sooner what has changed in identity. What the messages say is not looked at: without Kafka
/// the same is found out within a second.
@Startup
@ApplicationScoped
public class IdentityNudges implements Broadcast.Listener {
    private final IdentityFeed feed;
    private final Optional<String> bootstrapServers;
    private @Nullable Broadcast broadcast;

    IdentityNudges(
            IdentityFeed feed, @ConfigProperty(name = "kafka.bootstrap.servers") Optional<String> bootstrapServers) {
        this.feed = feed;
        this.bootstrapServers = bootstrapServers;
    }

    @PostConstruct
    void listen() {
        bootstrapServers.ifPresent(servers -> broadcast = new Broadcast(servers, Topics.IDENTITY, this));
    }

    @PreDestroy
    void stop() {
        if (broadcast != null) {
            broadcast.close();
        }
    }

    @Override
    public void connected() {
        feed.look();
    }

    @Override
    public void heard(ConsumerRecord<String, byte[]> message) {
        feed.look();
    }
}
