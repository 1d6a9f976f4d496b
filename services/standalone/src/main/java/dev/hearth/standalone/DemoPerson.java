package dev.hearth.standalone;

import dev.hearth.embedded.KeycloakAdmin;
import dev.hearth.embedded.Secret;
import dev.hearth.standalone.demo.Server;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// The running Hearth, as somebody sees it who was made for the demo. One such person is made for a data folder; the
/// password is kept there.
final class DemoPerson implements Server {
    private static final String EMAIL = "email";
    private static final String PASSWORD = "password";
    private static final String EXTRA_AUTHORITIES = "NODE_EXTRA_CA_CERTS";
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final DataFolder folder;
    private final String email;
    private final Secret password;
    private Optional<Secret> token = Optional.empty();
    private long issued;

    private DemoPerson(DataFolder folder, String email, Secret password) {
        this.folder = folder;
        this.email = email;
        this.password = password;
    }

    static DemoPerson of(DataFolder folder) {
        var file = folder.root().resolve("demo.properties");
        var known = PrivateProperties.read(file);
        if (known.containsKey(EMAIL)) {
            return new DemoPerson(folder, known.get(EMAIL), new Secret(known.get(PASSWORD)));
        }
        byte[] random = new byte[4];
        ThreadLocalRandom.current().nextBytes(random);
        var email = "demo-" + HexFormat.of().formatHex(random) + "@hearth.invalid";
        var password = Secret.random();
        if (People.of(folder).add(email, "Demo Person", password) != KeycloakAdmin.Added.ADDED) {
            throw new Refusal("Keycloak did not take the demo's person.");
        }
        PrivateProperties.write(file, Map.of(EMAIL, email, PASSWORD, password.value()));
        return new DemoPerson(folder, email, password);
    }

    @Override
    public URI origin() {
        return URI.create(PrivateProperties.read(folder.config("state")).get("device-url"));
    }

    @Override
    public HttpClient.Builder http() {
        return LocalHttp.to(folder);
    }

    /// Node knows the world's authorities and those that its user has named. Hearth's own stands in for the latter: a
    /// device of the demo talks to nobody else.
    @Override
    public Map<String, String> environment() {
        var authority = PrivateProperties.read(folder.config("state")).getOrDefault("authority", "");
        return authority.isEmpty() ? Map.of() : Map.of(EXTRA_AUTHORITIES, authority);
    }

    /// One at a time, and not more often than needed: Keycloak takes two sign-ins of one person at once for an attack.
    @Override
    public synchronized String token() {
        if (token.isEmpty() || System.nanoTime() - issued > FRESH.toNanos()) {
            token = Optional.of(People.of(folder).signIn(email, password));
            issued = System.nanoTime();
        }
        return token.get().value();
    }
}
