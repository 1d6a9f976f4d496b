package dev.hearth.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hearth.caller.http.SessionsPath;
import dev.hearth.testkit.sweep.Signer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;

/// Access tokens like Keycloak's, signed by a key made for this JVM; so a service's tests need no Keycloak, and no
/// auth:
/// whoever has one is in order.
public final class TestTokens {
    private static final String PUBLIC_URL = "http://localhost:8080";
    private static final String IDENTITY = "/identity";
    private static final String ISSUER = PUBLIC_URL + IDENTITY + "/realms/hearth";
    private static final String AUDIENCE = "hearth";
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final String PRIVATE_KEY = "private-key";
    private static final String PROVIDER = "provider";

    private TestTokens() {}

    /// What makes a service accept these tokens, and lets it get one of its own.
    public static Map<String, String> config() {
        return Map.of(
                "hearth.public-url",
                PUBLIC_URL,
                "hearth.keycloak.url",
                keys().get(PROVIDER),
                "hearth.auth.url",
                keys().get(PROVIDER).replace(IDENTITY, ""),
                "hearth.services.secret",
                "unused-in-tests",
                "hearth.auth.secret",
                "unused-in-tests");
    }

    /// A token of this user's.
    public static String user(UUID id) {
        return sign(id, "hearth-web", AUDIENCE, "", Instant.now().plus(LIFE));
    }

    /// A token of a user who administers Hearth.
    public static String admin(UUID id) {
        return sign(id, "hearth-web", AUDIENCE, "\"admin\"", Instant.now().plus(LIFE));
    }

    /// A token of this user's that is good for so long.
    public static String user(UUID id, Duration life) {
        return sign(id, "hearth-web", AUDIENCE, "", Instant.now().plus(life));
    }

    /// A token that was good until a minute ago.
    public static String expired(UUID id) {
        return sign(id, "hearth-web", AUDIENCE, "", Instant.now().minus(Duration.ofMinutes(1)));
    }

    /// A good token, but meant for somebody else.
    public static String forAnotherAudience(UUID id) {
        return sign(id, "hearth-web", "somebody-else", "", Instant.now().plus(LIFE));
    }

    /// A token with which one of Hearth's services calls another.
    public static String service() {
        var id = UUID.nameUUIDFromBytes("hearth-services".getBytes(StandardCharsets.UTF_8));
        return sign(
                id, "hearth-services", AUDIENCE, "\"service\"", Instant.now().plus(LIFE));
    }

    /// A token with which service auth has somebody's stores taken away.
    public static String erasing() {
        var id = UUID.nameUUIDFromBytes("hearth-auth".getBytes(StandardCharsets.UTF_8));
        return sign(
                id,
                "hearth-auth",
                AUDIENCE,
                "\"service\",\"erasure\"",
                Instant.now().plus(LIFE));
    }

    /// The key that signs them, for a test that forges some.
    public static Signer signer() {
        try {
            var keys = KeyFactory.getInstance("RSA");
            var secret = (RSAPrivateCrtKey) keys.generatePrivate(
                    new PKCS8EncodedKeySpec(Base64.getDecoder().decode(keys().get(PRIVATE_KEY))));
            var known = keys.generatePublic(new RSAPublicKeySpec(secret.getModulus(), secret.getPublicExponent()));
            return new Signer(secret, known, "test");
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("this JDK has no RSA", broken);
        }
    }

    private static String sign(UUID subject, String client, String audience, String roles, Instant expires) {
        Instant issued = expires.minus(LIFE);
        String claims = """
                {"iss":"%s","aud":"%s","sub":"%s","azp":"%s","typ":"Bearer","jti":"%s","iat":%d,"exp":%d,\
                "realm_access":{"roles":[%s]}}""".formatted(
                        ISSUER,
                        audience,
                        subject,
                        client,
                        UUID.randomUUID(),
                        issued.getEpochSecond(),
                        expires.getEpochSecond(),
                        roles);
        String unsigned =
                base64("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"test\"}".getBytes(StandardCharsets.UTF_8)) + "."
                        + base64(claims.getBytes(StandardCharsets.UTF_8));
        return unsigned + "." + base64(signature(unsigned));
    }

    private static byte[] signature(String text) {
        try {
            byte[] encoded = Base64.getDecoder().decode(keys().get(PRIVATE_KEY));
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded)));
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("this JDK cannot sign", broken);
        }
    }

    private static Map<String, String> keys() {
        return OncePerJvm.values("tokens", () -> {
            try {
                var generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(2048);
                var pair = generator.generateKeyPair();
                return Map.of(
                        PRIVATE_KEY,
                        Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()),
                        PROVIDER,
                        provider((RSAPublicKey) pair.getPublic()));
            } catch (GeneralSecurityException broken) {
                throw new IllegalStateException("this JDK has no RSA", broken);
            }
        });
    }

    /// The two addresses of Keycloak's that services ask, its keys and a token for themselves, and auth's port.
    private static String provider(RSAPublicKey key) {
        try {
            var server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            var realm = IDENTITY + "/realms/hearth/protocol/openid-connect/";
            var keySet = """
                    {"keys":[{"kid":"test","kty":"RSA","alg":"RS256","use":"sig","n":"%s","e":"%s"}]}""".formatted(
                            base64(key.getModulus().toByteArray()),
                            base64(key.getPublicExponent().toByteArray()));
            server.createContext(realm + "certs", exchange -> answer(exchange, keySet));
            server.createContext(realm + "token", exchange -> answer(exchange, """
                            {"access_token":"%s","token_type":"Bearer","expires_in":600}""".formatted(service())));
            var sessions = SessionsPath.ROOT + "/";
            server.createContext(sessions + SessionsPath.HOLDER, exchange -> answer(exchange, "{}"));
            server.createContext(sessions + SessionsPath.STANDING, exchange -> answer(exchange, """
                            {"households":[]}"""));
            server.createContext(sessions + SessionsPath.CHANGES, exchange -> answer(exchange, """
                            {"cursor":"here","subjects":[],"lost":false}"""));
            server.start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> server.stop(0)));
            return "http://127.0.0.1:" + server.getAddress().getPort() + IDENTITY;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
