package dev.hearth.standalone;

import dev.hearth.embedded.EmbeddedKafka;
import dev.hearth.embedded.EmbeddedKeycloak;
import dev.hearth.embedded.EmbeddedMail;
import dev.hearth.embedded.EmbeddedMqtt;
import dev.hearth.embedded.EmbeddedPostgres;
import dev.hearth.embedded.KafkaConfig;
import dev.hearth.embedded.KeycloakConfig;
import dev.hearth.embedded.MailConfig;
import dev.hearth.embedded.MqttConfig;
import dev.hearth.embedded.PostgresConfig;
import dev.hearth.embedded.PostgresRoles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// Postgres, Kafka, the MQTT broker and Keycloak, started side by side as far as they can be.
final class Servers implements AutoCloseable {
    static final String MQTT_USER = "hearth";

    private final Settings settings;
    private final Secrets secrets;
    private final Ports ports;
    private final Progress progress;

    private final CompletableFuture<EmbeddedPostgres> postgres;
    private final CompletableFuture<EmbeddedKafka> kafka;
    private final CompletableFuture<EmbeddedMqtt> mqtt;
    private final CompletableFuture<Optional<EmbeddedMail>> mail;
    private final CompletableFuture<EmbeddedKeycloak> keycloak;

    private final Kept<EmbeddedPostgres> keptPostgres;
    private final Kept<EmbeddedKeycloak> keptKeycloak;

    private Servers(Settings settings, Secrets secrets, Ports ports, Progress progress) {
        this.settings = settings;
        this.secrets = secrets;
        this.ports = ports;
        this.progress = progress;
        keptPostgres = new Kept<>("Postgres", progress, this::startPostgres, EmbeddedPostgres::process);
        keptKeycloak = new Kept<>("Keycloak", progress, this::startKeycloak, EmbeddedKeycloak::process);
        Executor own = task -> Thread.ofPlatform().daemon().name("start").start(task);
        postgres = CompletableFuture.supplyAsync(keptPostgres::start, own);
        kafka = CompletableFuture.supplyAsync(this::startKafka, own);
        mqtt = CompletableFuture.supplyAsync(this::startMqtt, own);
        // Not beside the broker: two that find the logger at once make it complain on the terminal.
        mail = mqtt.thenApplyAsync(_ -> startMail(), own);
        keycloak = CompletableFuture.runAsync(this::prepareKeycloak, own)
                .thenCombineAsync(postgres, (_, _) -> keptKeycloak.start(), own);
    }

    /// Begins to start them all.
    static Servers start(Settings settings, Secrets secrets, Ports ports, Progress progress) {
        return new Servers(settings, secrets, ports, progress);
    }

    /// Returns when the services have what they cannot start without. Keycloak may still be on its way.
    void awaitWhatServicesNeed() {
        CompletableFuture.allOf(postgres, kafka, mqtt, mail).join();
    }

    void awaitAll() {
        CompletableFuture.allOf(postgres, kafka, mqtt, mail, keycloak).join();
    }

    /// Ends what has started, Postgres last. What is still starting is ended by its guard when this program ends.
    @Override
    public void close() {
        keptKeycloak.close();
        close("the keeper of e-mail", mail.thenApply(kept -> () -> kept.ifPresent(EmbeddedMail::close)));
        close("the MQTT broker", mqtt);
        close("Kafka", kafka);
        keptPostgres.close();
    }

    private void close(String name, CompletableFuture<? extends AutoCloseable> server) {
        if (!server.isDone() || server.isCompletedExceptionally()) {
            return;
        }
        try {
            server.join().close();
        } catch (Exception failure) {
            progress.say(name + " did not stop in good order: " + failure.getMessage());
        }
    }

    private EmbeddedPostgres startPostgres() {
        var data = settings.data();
        var server = EmbeddedPostgres.start(new PostgresConfig(
                data.postgres(),
                data.log("postgres"),
                data.pidFile("postgres"),
                DataFolder.cache(),
                ports.of("postgres"),
                secrets.superuser(),
                settings.durable()));
        PostgresRoles.provision(server.address(), secrets.roles());
        progress.say("Postgres is ready");
        return server;
    }

    private EmbeddedKafka startKafka() {
        var server = EmbeddedKafka.start(
                new KafkaConfig(settings.data().kafka(), ports.of("kafka"), ports.of("kafka-controller")));
        progress.say("Kafka is ready");
        return server;
    }

    private EmbeddedMqtt startMqtt() {
        var server = EmbeddedMqtt.start(new MqttConfig(
                settings.data().mqtt(), plainMqttHost(), ports.of("mqtt"), Map.of(MQTT_USER, secrets.mqtt())));
        progress.say("the MQTT broker is ready on port " + ports.of("mqtt"));
        return server;
    }

    /// Without a server that sends e-mail, what would be sent stays here.
    private Optional<EmbeddedMail> startMail() {
        if (OperatorsRealm.namesMailServer(System.getenv())) {
            return Optional.empty();
        }
        var server = EmbeddedMail.start(MailConfig.usual(settings.data().mail(), ports.of("mail")));
        progress.say("no mail server is named: e-mail stays here, for `hearth mail` to show");
        return Optional.of(server);
    }

    /// With TLS the plain port is for this machine's own use.
    private String plainMqttHost() {
        return settings.tls().isPresent() ? "127.0.0.1" : settings.host();
    }

    private void prepareKeycloak() {
        if (!EmbeddedKeycloak.isPrepared(DataFolder.cache(), settings.keycloakDistribution())) {
            progress.say("preparing Keycloak, once on this machine; about half a minute");
        }
        EmbeddedKeycloak.prepare(DataFolder.cache(), settings.keycloakDistribution());
    }

    private EmbeddedKeycloak startKeycloak() {
        var data = settings.data();
        var server = EmbeddedKeycloak.start(new KeycloakConfig(
                settings.keycloakDistribution(),
                DataFolder.cache(),
                data.log("keycloak"),
                data.pidFile("keycloak"),
                KeycloakFiles.passwordLists(data.run().resolve("password-lists")),
                ports.of("keycloak"),
                settings.publicUrl(),
                postgres.join().address(),
                secrets.role(PostgresRoles.KEYCLOAK),
                secrets.keycloakAdmin(),
                settings.durable()));
        server.admin()
                .applyRealm(
                        KeycloakFiles.realm(),
                        Map.of(
                                "HEARTH_PUBLIC_URL", settings.publicUrl().toString(),
                                "HEARTH_AUTH_SECRET", secrets.auth().value(),
                                "HEARTH_SERVICES_SECRET", secrets.services().value()),
                        OperatorsRealm.of(System.getenv(), ports.of("mail")));
        new FirstAdmin(data, server.admin(), secrets.auth())
                .ensure(System.getenv())
                .ifPresent(progress::say);
        progress.say("Keycloak is ready");
        return server;
    }

    /// The names of the child processes' notes.
    static List<String> children() {
        return List.of("keycloak", "postgres", "classes");
    }
}
