package dev.hearth.standalone;

import dev.hearth.embedded.KeycloakAdmin;
import dev.hearth.embedded.Secret;
import dev.hearth.standalone.demo.Server;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;

/// The running Hearth, as somebody sees it who was made for the demo. One person is made for each role and data folder;
/// the password is kept there.
final class DemoPerson implements Server {
    /// The one who tells the story.
    private static final String TELLER = "";
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

    /// Known already, or added by the operator.
    static DemoPerson of(DataFolder folder) {
        return known(folder, TELLER).orElseGet(() -> added(folder, TELLER, "Demo Person"));
    }

    static Optional<DemoPerson> known(DataFolder folder, String role) {
        var known = PrivateProperties.read(file(folder));
        return known.containsKey(role + EMAIL)
                ? Optional.of(new DemoPerson(folder, known.get(role + EMAIL), new Secret(known.get(role + PASSWORD))))
                : Optional.empty();
    }

    static DemoPerson added(DataFolder folder, String role, String name) {
        return made(folder, role, (email, password) -> {
            if (People.of(folder).add(email, name, password) != KeycloakAdmin.Added.ADDED) {
                throw new Refusal("Keycloak did not take the demo's person.");
            }
        });
    }

    /// Kept as soon as they have an account.
    static DemoPerson made(DataFolder folder, String role, BiConsumer<String, Secret> account) {
        byte[] random = new byte[4];
        ThreadLocalRandom.current().nextBytes(random);
        var email = "demo-" + HexFormat.of().formatHex(random) + "@hearth.invalid";
        var password = Secret.random();
        account.accept(email, password);
        var all = new HashMap<>(PrivateProperties.read(file(folder)));
        all.put(role + EMAIL, email);
        all.put(role + PASSWORD, password.value());
        PrivateProperties.write(file(folder), all);
        return new DemoPerson(folder, email, password);
    }

    private static Path file(DataFolder folder) {
        return folder.root().resolve("demo.properties");
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
