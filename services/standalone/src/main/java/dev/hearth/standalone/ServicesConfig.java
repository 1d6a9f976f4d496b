package dev.hearth.standalone;

import dev.hearth.embedded.KeycloakConfig;
import dev.hearth.embedded.PostgresRoles;
import dev.hearth.embedded.RealmOptions.Smtp;
import java.util.HashMap;
import java.util.Map;

/// What the services are told: where everything is, and how they get in.
final class ServicesConfig {
    private final Settings settings;
    private final Secrets secrets;
    private final Ports ports;

    ServicesConfig(Settings settings, Secrets secrets, Ports ports) {
        this.settings = settings;
        this.secrets = secrets;
        this.ports = ports;
    }

    /// For all services in this program.
    Map<String, String> together() {
        var config = common();
        PostgresRoles.names().forEach(role -> password(config, role));
        config.put("quarkus.http.host", settings.host());
        if (settings.tls().isPresent()) {
            config.put("quarkus.http.ssl-port", Integer.toString(settings.port()));
            config.put("quarkus.http.insecure-requests", "disabled");
        } else {
            config.put("quarkus.http.port", Integer.toString(settings.port()));
        }
        config.put("hearth.metrics.port", Integer.toString(ports.of("metrics")));
        StrictTransport.of(settings)
                .ifPresent(
                        promise -> config.put("quarkus.http.header.\"" + StrictTransport.HEADER + "\".value", promise));
        config.put("quarkus.log.file.path", settings.data().log("hearth").toString());
        authsOwn(config);
        return config;
    }

    /// For one service in a program of its own, on loopback. It learns its own roles' passwords and nobody else's.
    Map<String, String> apart(Service service) {
        var config = common();
        PostgresRoles.names().stream()
                .filter(role -> role.equals(service.schema()) || role.startsWith(service.schema() + "_"))
                .forEach(role -> password(config, role));
        config.put("quarkus.http.host", "127.0.0.1");
        config.put("quarkus.http.port", Integer.toString(ports.of(service.id())));
        if (service == Service.AUTH) {
            authsOwn(config);
        } else {
            config.put("hearth.auth.url", "http://127.0.0.1:" + ports.of(Service.AUTH.id()));
        }
        return config;
    }

    private void authsOwn(Map<String, String> config) {
        config.put("hearth.auth.secret", secrets.auth().value());
        var realm = OperatorsRealm.of(System.getenv(), ports.of("mail"));
        config.put("auth.social", Boolean.toString(!realm.social().isEmpty()));
        realm.smtp().ifPresent(smtp -> mail(config, smtp));
    }

    private static void mail(Map<String, String> config, Smtp smtp) {
        config.put("auth.mail.enabled", "true");
        config.put("quarkus.mailer.host", smtp.host());
        config.put("quarkus.mailer.port", Integer.toString(smtp.port()));
        config.put("quarkus.mailer.from", "Hearth <" + smtp.from() + ">");
        config.put("quarkus.mailer.tls", Boolean.toString(smtp.security() == Smtp.Security.TLS));
        config.put("quarkus.mailer.start-tls", smtp.security() == Smtp.Security.STARTTLS ? "REQUIRED" : "DISABLED");
        smtp.user().ifPresent(user -> {
            config.put("quarkus.mailer.username", user.name());
            config.put("quarkus.mailer.password", user.password().value());
        });
    }

    private Map<String, String> common() {
        var json = Boolean.toString(settings.logFormat() == LogFormat.JSON);
        return new HashMap<>(Map.ofEntries(
                Map.entry("quarkus.log.file.json.enabled", json),
                Map.entry("quarkus.log.console.json.enabled", json),
                Map.entry("hearth.postgres.host", "127.0.0.1"),
                Map.entry("hearth.postgres.port", Integer.toString(ports.of("postgres"))),
                Map.entry("hearth.postgres.database", PostgresRoles.DATABASE),
                Map.entry("kafka.bootstrap.servers", "127.0.0.1:" + ports.of("kafka")),
                Map.entry("hearth.mqtt.host", "127.0.0.1"),
                Map.entry("hearth.mqtt.port", Integer.toString(ports.of("mqtt"))),
                Map.entry("hearth.mqtt.username", Servers.MQTT_USER),
                Map.entry("hearth.mqtt.password", secrets.mqtt().value()),
                Map.entry("hearth.public-url", settings.publicUrl().toString()),
                Map.entry("hearth.keycloak.url", "http://127.0.0.1:" + ports.of("keycloak") + KeycloakConfig.PATH),
                Map.entry("hearth.services.secret", secrets.services().value()),
                Map.entry("hearth.event-store.url", "http://127.0.0.1:" + eventStorePort())));
    }

    private int eventStorePort() {
        return settings.separate() ? ports.of(Service.EVENT_STORE.id()) : settings.port();
    }

    private void password(Map<String, String> config, String role) {
        config.put("hearth.postgres.password." + role, secrets.role(role).value());
    }
}
