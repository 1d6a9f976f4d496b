package dev.hearth.standalone.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hearth.embedded.PostgresRoles;
import dev.hearth.testkit.TestKeycloak;
import dev.hearth.testkit.TestPostgres;
import dev.hearth.testkit.sweep.Answer;
import dev.hearth.testkit.sweep.Ask;
import dev.hearth.testkit.sweep.Signer;
import dev.hearth.testkit.sweep.TokenAttacks;
import dev.hearth.testkit.sweep.Wire;
import java.math.BigInteger;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/// Who is there, and what is theirs. All of it is made through the API. One of them is the victim: everybody else tries
/// to get at what is hers.
final class Scene {
    static final String PASSWORD = "correct horse battery";
    static final String TERMS = "2026-11";
    static final String NO_CODE = "ZZZZ-ZZZZ-ZZZZ-ZZZZ";
    /// It stands in every event of the victim's, and nowhere else.
    static final String SECRET = "the-diary-of-the-victim";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    final Wire wire;
    final URI keycloak = URI.create(TestKeycloak.config().get("hearth.keycloak.url"));
    final Signer issuer;
    final Person victim = new Person("victim");
    /// Belongs to the victim's household.
    final Person friend = new Person("friend");
    final Person other = new Person("other");
    final Person admin = new Person("admin");
    /// Knows nothing of the victim, not even what to try.
    final Person intruder = new Person("intruder");
    /// Was in the victim's household.
    final Person former = new Person("former");
    /// Is in the victim's household, and may not come in any more.
    final Person disabled = new Person("disabled");
    /// Of the victim's: good until a minute ago, ended, and for writing to another store alone.
    final String expiredToken;
    String endedCookie = "";
    String narrowToken = "";
    String usedCode = "";

    Scene(Wire wire) throws Exception {
        this.wire = wire;
        for (Person person : List.of(victim, friend, other, admin, former, disabled)) {
            register(person);
        }
        TestKeycloak.admin().grant(admin.email, "admin");
        signIn(admin);
        belongings(victim);
        belongings(other);
        issuer = issuer(victim.accessToken);
        expiredToken = attacks(victim).expired();
        end();
        register(intruder);
        belongings(intruder);
    }

    void register(Person person) {
        var registered = ok(201, Ask.of("POST", "/auth/register").withJson("""
                {"email":"%s","password":"%s","name":"%s","acceptedTerms":"%s","oldEnough":true}""".formatted(
                        person.email, PASSWORD, person.email, TERMS)));
        person.ids.put(Id.USER, registered.json().path("id").asText());
        person.cookie = cookie(registered);
        signIn(person);
    }

    /// An access token; one after the other, as Keycloak takes two at once for an attack.
    void signIn(Person person) {
        var form = Map.of(
                        "grant_type",
                        "password",
                        "client_id",
                        "hearth-auth",
                        "client_secret",
                        TestKeycloak.config().get("hearth.auth.secret"),
                        "scope",
                        "openid",
                        "username",
                        person.email,
                        "password",
                        PASSWORD)
                .entrySet()
                .stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        try (var direct = new Wire(keycloak)) {
            var ask = Ask.of("POST", keycloak.getPath() + "/realms/hearth/protocol/openid-connect/token")
                    .withBody("application/x-www-form-urlencoded", form.getBytes(StandardCharsets.UTF_8));
            var tokens = await(direct, "signs in", ask, answer -> answer.status() == 200)
                    .json();
            person.accessToken = tokens.path("access_token").asText();
            person.refreshToken = tokens.path("refresh_token").asText();
            person.idToken = tokens.path("id_token").asText();
        }
    }

    /// Stores with events, a household with a member and an invite, a name, a token and a session.
    void belongings(Person owner) {
        var ids = owner.ids;
        ids.put(Id.STORE_NAME, "store-" + UUID.randomUUID());
        ids.put(Id.ALIAS, "alias-" + UUID.randomUUID());
        ids.put(Id.STREAM, "stream-" + UUID.randomUUID());
        ids.put(Id.EVENT, "event-" + UUID.randomUUID());
        ids.put(Id.FACE_STORE, "todos-" + UUID.randomUUID());
        ids.put(Id.STORE, made(owner, "/api/v1/stores", "{\"name\":\"" + ids.get(Id.STORE_NAME) + "\"}"));
        ids.put(Id.HOUSEHOLD, made(owner, "/api/v1/households", "{\"name\":\"Home of " + owner.email + "\"}"));
        settle(owner);
        ids.put(
                Id.HOUSEHOLD_STORE,
                made(
                        owner,
                        "/api/v1/stores",
                        "{\"name\":\"shared-" + UUID.randomUUID() + "\",\"household\":\"" + ids.get(Id.HOUSEHOLD)
                                + "\"}"));
        for (Id store : List.of(Id.STORE, Id.HOUSEHOLD_STORE)) {
            ok(
                    200,
                    as(
                            owner,
                            Ask.of("POST", "/api/v1/stores/" + ids.get(store) + "/events")
                                    .withJson("""
                    {"events":[{"id":"%s","type":"noted","stream":"%s","data":{"text":"%s"}},
                               {"type":"noted","data":{"text":"%s"}}]}""".formatted(
                                            ids.get(Id.EVENT), ids.get(Id.STREAM), secret(owner), secret(owner)))));
        }
        ok(
                200,
                as(
                        owner,
                        Ask.of("PUT", "/api/v1/stores/aliases/native/" + ids.get(Id.ALIAS))
                                .withJson("{\"store\":\"" + ids.get(Id.HOUSEHOLD_STORE) + "\"}")));
        var pushed = wire.send(as(owner, Faces.push(ids.get(Id.FACE_STORE), secret(owner))));
        assertThat(pushed.body()).contains("\"Success\"");
        if (owner == victim) {
            List.of(friend, former, disabled).forEach(guest -> join(guest, owner));
            ids.put(Id.MEMBER, friend.id().toString());
            // Whoever has a code or a password may use it; what is tried is one that nobody has.
            ids.put(Id.CODE, NO_CODE);
            ids.put(Id.PASSWORD, "not the password");
        } else {
            ids.put(Id.MEMBER, owner.id().toString());
        }
        var invite = ok(
                        201,
                        as(owner, Ask.of("POST", household(owner) + "/invites").withJson("{\"days\":3}")))
                .json();
        ids.put(Id.INVITE, invite.path("invite").path("id").asText());
        ids.putIfAbsent(Id.CODE, invite.path("code").asText());
        var token = ok(
                        201,
                        as(
                                owner,
                                Ask.of("POST", "/api/v1/tokens")
                                        .withJson("{\"name\":\"spare\",\"scopes\":[\"read\"]}")))
                .json();
        ids.put(Id.TOKEN, token.path("token").path("id").asText());
        ids.put(Id.SESSION, session(owner).json().path("session").path("id").asText());
        ok(
                200,
                as(
                        owner,
                        Ask.of("GET", "/api/v1/usage")
                                .with(
                                        "Hearth-Min-Sequence",
                                        ids.get(Id.STORE) + "=2," + ids.get(Id.HOUSEHOLD_STORE) + "=2")));
    }

    String secret(Person owner) {
        return owner == victim ? SECRET : "nothing in particular";
    }

    private void join(Person guest, Person owner) {
        var code = ok(
                        201,
                        as(owner, Ask.of("POST", household(owner) + "/invites").withJson("{}")))
                .json()
                .path("code")
                .asText();
        ok(200, as(guest, Ask.of("POST", "/api/v1/invites/" + code + "/accept")));
        usedCode = code;
    }

    /// What is to be over is over.
    private void end() {
        var ended = session(victim);
        endedCookie = cookie(ended);
        ok(
                204,
                as(
                        victim,
                        Ask.of(
                                "DELETE",
                                "/api/v1/account/sessions/"
                                        + ended.json()
                                                .path("session")
                                                .path("id")
                                                .asText())));
        var narrow = made(victim, "/api/v1/stores", "{\"name\":\"narrow\"}");
        narrowToken = ok(
                        201,
                        as(
                                victim,
                                Ask.of("POST", "/api/v1/tokens")
                                        .withJson("{\"name\":\"narrow\",\"scopes\":[\"write\"],\"stores\":[\"" + narrow
                                                + "\"]}")))
                .json()
                .path("secret")
                .asText();
        ok(204, as(former, Ask.of("DELETE", household(victim) + "/members/" + former.id())));
        ok(
                204,
                as(
                        admin,
                        Ask.of("PUT", "/api/v1/admin/users/" + disabled.id() + "/state")
                                .withJson("{\"state\":\"disabled\"}")));
        var shared = "/api/v1/stores/" + victim.ids.get(Id.HOUSEHOLD_STORE);
        await("has left", as(former, Ask.of("GET", shared)), answer -> answer.status() == 404);
        await("is disabled", as(disabled, Ask.of("GET", shared)), answer -> answer.status() == 401);
        await("has ended", withCookie(endedCookie, Ask.of("GET", "/auth/whoami")), answer -> answer.status() == 401);
    }

    Answer session(Person owner) {
        return ok(
                200,
                Ask.of("POST", "/auth/login")
                        .withJson("{\"email\":\"" + owner.email + "\",\"password\":\"" + PASSWORD + "\"}"));
    }

    /// The household counts for its maker's credentials.
    private void settle(Person owner) {
        await(
                "belongs",
                as(owner, Ask.of("GET", "/api/v1/account")),
                answer -> answer.body().contains("household:" + owner.ids.get(Id.HOUSEHOLD)));
    }

    static String household(Person owner) {
        return "/api/v1/households/" + owner.ids.get(Id.HOUSEHOLD);
    }

    private String made(Person owner, String path, String body) {
        return ok(201, as(owner, Ask.of("POST", path).withJson(body)))
                .json()
                .path("id")
                .asText();
    }

    static Ask as(Person person, Ask ask) {
        return ask.with("Authorization", person.bearer());
    }

    static Ask withCookie(String cookie, Ask ask) {
        return ask.with("Cookie", "hearth_session=" + cookie);
    }

    Answer ok(int status, Ask ask) {
        var answer = wire.send(ask);
        assertThat(answer.status())
                .as(ask.method() + " " + ask.target() + ": " + answer)
                .isEqualTo(status);
        return answer;
    }

    Answer await(String what, Ask ask, Predicate<Answer> holds) {
        return await(wire, what, ask, holds);
    }

    private static Answer await(Wire wire, String what, Ask ask, Predicate<Answer> holds) {
        long giveUp = System.nanoTime() + PATIENCE_NANOS;
        var answer = wire.send(ask);
        while (!holds.test(answer)) {
            assertThat(System.nanoTime()).as(what + ", in time: " + answer).isLessThan(giveUp);
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
            answer = wire.send(ask);
        }
        return answer;
    }

    static String cookie(Answer answer) {
        var set = answer.header("Set-Cookie").orElseThrow();
        return set.substring(set.indexOf('=') + 1, set.indexOf(';'));
    }

    /// Of ids as the victim's, none of which there is.
    Map<Id, String> missing() {
        Map<Id, String> missing = new EnumMap<>(Id.class);
        victim.ids.forEach((id, value) -> missing.put(
                id,
                switch (id) {
                    case EMAIL -> "nobody-" + UUID.randomUUID().toString().substring(0, 8) + "@sweep.example";
                    case PASSWORD -> value;
                    case VIEW -> "none";
                    case CODE -> "YYYY-YYYY-YYYY-YYYY";
                    case NEW_EMAIL -> "new-" + UUID.randomUUID() + "@sweep.example";
                    case STORE_NAME, ALIAS, STREAM, EVENT, FACE_STORE ->
                        value.substring(0, value.indexOf('-') + 1) + UUID.randomUUID();
                    default -> UUID.randomUUID().toString();
                }));
        return missing;
    }

    /// What tells that an answer knows of the victim.
    List<String> marks() {
        List<String> marks = new ArrayList<>(
                List.of(SECRET, friend.id().toString(), disabled.id().toString()));
        marks.addAll(victim.marks());
        return marks;
    }

    TokenAttacks attacks(Person person) {
        return new TokenAttacks(person.accessToken, issuer, "http://127.0.0.1:1");
    }

    TokenAttacks attacks(Person person, String trap) {
        return new TokenAttacks(person.accessToken, issuer, trap);
    }

    /// The realm's own key, which Keycloak keeps in its tables.
    private static Signer issuer(String token) throws Exception {
        var kid = JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[0]))
                .path("kid")
                .asText();
        try (var realm = new Wire(URI.create(TestKeycloak.config().get("hearth.keycloak.url")))) {
            var known = known(
                    realm.send(Ask.of("GET", "/identity/realms/hearth/protocol/openid-connect/certs"))
                            .json(),
                    kid);
            for (RSAPrivateCrtKey key : keys()) {
                if (key.getModulus().equals(known)) {
                    var spec = new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent());
                    return new Signer(key, KeyFactory.getInstance("RSA").generatePublic(spec), kid);
                }
            }
        }
        throw new AssertionError("the realm's key is not where it was");
    }

    private static BigInteger known(JsonNode keys, String kid) {
        for (JsonNode key : keys.path("keys")) {
            if (key.path("kid").asText().equals(kid)) {
                return new BigInteger(
                        1, Base64.getUrlDecoder().decode(key.path("n").asText()));
            }
        }
        throw new AssertionError("the realm does not show the key that it signs with");
    }

    private static List<RSAPrivateCrtKey> keys() throws Exception {
        List<RSAPrivateCrtKey> keys = new ArrayList<>();
        try (var connection = TestPostgres.address().connect(PostgresRoles.KEYCLOAK);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select value from component_config where name = 'privateKey'")) {
            while (rows.next()) {
                var pkcs1 = Base64.getMimeDecoder().decode(rows.getString(1));
                var pkcs8 = new PrivateKeyInfo(
                                new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                                ASN1Primitive.fromByteArray(pkcs1))
                        .getEncoded();
                keys.add((RSAPrivateCrtKey)
                        KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
            }
        }
        return keys;
    }
}
