package dev.hearth.testkit.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Access tokens that must open nothing, each made of one that opens everything. Where the signature is right, the
/// token is
/// wrong in one thing alone, so that no other check hides that one is missing.
public final class TokenAttacks {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String good;
    private final Signer issuer;
    private final Signer stranger = Signer.stranger();
    private final String trap;

    /// `trap` is an address where nobody must ask for a key.
    public TokenAttacks(String good, Signer issuer, String trap) {
        this.good = good;
        this.issuer = issuer;
        this.trap = trap;
    }

    /// Made anew by the issuer's key with nothing changed: it has to be taken, or the others prove nothing.
    public String unchanged() {
        return issued(_ -> {});
    }

    /// The same, but good until a minute ago.
    public String expired() {
        return issued(claims -> claims.put("exp", now() - 60).put("iat", now() - 660));
    }

    /// Each under its name.
    public Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        algorithms(all);
        claims(all);
        keys(all);
        shapes(all);
        return all;
    }

    private void algorithms(Map<String, String> all) {
        for (String none : new String[] {"none", "None", "NONE", "nOnE"}) {
            all.put("alg " + none, unsigned(head(head -> head.put("alg", none))) + ".");
            all.put("alg " + none + ", signed", unsigned(head(head -> head.put("alg", none))) + "." + part(2));
        }
        all.put("no alg", unsigned(head(head -> head.remove("alg"))) + "." + part(2));
        byte[] der = issuer.known().getEncoded();
        var pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END PUBLIC KEY-----";
        var modulus = ((RSAPublicKey) issuer.known()).getModulus().toByteArray();
        all.put("HS256 by the public key, DER", mac("HS256", "HmacSHA256", der));
        all.put("HS256 by the public key, PEM", mac("HS256", "HmacSHA256", bytes(pem)));
        all.put("HS256 by the public key, PEM and a line feed", mac("HS256", "HmacSHA256", bytes(pem + "\n")));
        all.put("HS256 by the modulus", mac("HS256", "HmacSHA256", modulus));
        all.put("HS512 by the public key", mac("HS512", "HmacSHA512", der));
        all.put("HS256 by an empty secret", mac("HS256", "HmacSHA256", new byte[] {0}));
        all.put("RS256 said to be PS256", renamed("PS256"));
        all.put("RS256 said to be ES256", renamed("ES256"));
    }

    private void claims(Map<String, String> all) {
        all.put("expired", expired());
        all.put("not yet valid", issued(claims -> claims.put("nbf", now() + 3_600)));
        all.put("issued in the future", issued(claims -> claims.put("iat", now() + 3_600)));
        all.put("no end", issued(claims -> claims.remove("exp")));
        all.put("end in text", issued(claims -> claims.put("exp", "never")));
        all.put("another issuer", issued(claims -> claims.put("iss", trap + "/realms/hearth")));
        all.put(
                "the master realm's issuer",
                issued(claims ->
                        claims.put("iss", claims.path("iss").asText().replace("/realms/hearth", "/realms/master"))));
        all.put(
                "issuer with a slash more",
                issued(claims -> claims.put("iss", claims.path("iss").asText() + "/")));
        all.put("no issuer", issued(claims -> claims.remove("iss")));
        all.put("another audience", issued(claims -> claims.put("aud", "somebody-else")));
        all.put("no audience", issued(claims -> claims.remove("aud")));
        all.put("audience in other letters", issued(claims -> claims.put("aud", "HEARTH")));
        all.put("another client", issued(claims -> claims.put("azp", "somebody-else")));
        all.put("no client", issued(claims -> claims.remove("azp")));
        all.put("type ID", issued(claims -> claims.put("typ", "ID")));
        all.put("type Refresh", issued(claims -> claims.put("typ", "Refresh")));
        all.put("no type", issued(claims -> claims.remove("typ")));
        all.put("no subject", issued(claims -> claims.remove("sub")));
        all.put("subject is no id", issued(claims -> claims.put("sub", "' or 1=1 --")));
    }

    private void keys(Map<String, String> all) {
        all.put("a stranger's key under the right kid", stranger.sign(head(_ -> {}), text(claimsOf(good))));
        for (var trick : Map.of(
                        "goes up", "../../../../../../dev/null",
                        "is SQL", "x' union select 'AA==' --",
                        "is unknown", "nobody-knows",
                        "is empty", "",
                        "is an address", trap + "/key",
                        "has a NUL", "a\0b",
                        "is huge", "k".repeat(5_000))
                .entrySet()) {
            all.put("kid " + trick.getKey(), stranger.sign(head(head -> head.put("kid", trick.getValue())), claims()));
        }
        all.put("kid missing", stranger.sign(head(head -> head.remove("kid")), claims()));
        all.put("kid is a number", stranger.sign(head(head -> head.put("kid", 7)), claims()));
        all.put("right key, kid unknown", issuer.sign(head(head -> head.put("kid", "nobody-knows")), claims()));
        var key = (RSAPublicKey) stranger.known();
        all.put(
                "jwk in the head",
                stranger.sign(
                        head(head -> head.putObject("jwk")
                                .put("kty", "RSA")
                                .put("kid", issuer.kid())
                                .put("n", Signer.encoded(key.getModulus().toByteArray()))
                                .put("e", Signer.encoded(key.getPublicExponent().toByteArray()))),
                        claims()));
        all.put("jku in the head", stranger.sign(head(head -> head.put("jku", trap + "/keys")), claims()));
        all.put("x5u in the head", stranger.sign(head(head -> head.put("x5u", trap + "/chain")), claims()));
        all.put(
                "x5c in the head",
                stranger.sign(
                        head(head ->
                                head.putArray("x5c").add(Base64.getEncoder().encodeToString(key.getEncoded()))),
                        claims()));
        all.put(
                "crit that nobody knows",
                issuer.sign(
                        head(head -> {
                            head.putArray("crit").add("hearth");
                            head.put("hearth", true);
                        }),
                        claims()));
    }

    private void shapes(Map<String, String> all) {
        all.put("huge", issued(claims -> claims.put("filler", "x".repeat(20_000))) + "x");
        all.put("signature cut", good.substring(0, good.length() - 12));
        all.put("signature away", part(0) + "." + part(1) + ".");
        all.put("two parts", part(0) + "." + part(1));
        all.put("four parts", good + "." + part(2));
        all.put("five parts", good + "." + part(2) + "." + part(2));
        all.put("signature of another token", unsignedBy(claims -> claims.put("jti", "another")) + "." + part(2));
        all.put(
                "somebody else's subject, old signature",
                unsignedBy(claims -> claims.put("sub", "00000000-0000-4000-8000-000000000000")) + "." + part(2));
        all.put("claims are no JSON", part(0) + "." + Signer.encoded("{\"sub\":") + "." + part(2));
        all.put("head is no JSON", Signer.encoded("[]") + "." + part(1) + "." + part(2));
        all.put("no base64", "###.###.###");
        all.put("dots alone", "...");
        all.put("nothing like a token", "hello");
        all.put("an API token that is none", "hearth_" + "A".repeat(43));
    }

    private String renamed(String algorithm) {
        return issuer.sign(head(head -> head.put("alg", algorithm)), claims());
    }

    private String mac(String algorithm, String name, byte[] key) {
        var unsigned = unsigned(head(head -> head.put("alg", algorithm)));
        try {
            var mac = Mac.getInstance(name);
            mac.init(new SecretKeySpec(key, name));
            return unsigned + "." + Signer.encoded(mac.doFinal(unsigned.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("this JDK has no HMAC", broken);
        }
    }

    private String unsigned(String head) {
        return Signer.encoded(head) + "." + part(1);
    }

    private String unsignedBy(Consumer<ObjectNode> change) {
        var claims = claimsOf(good);
        change.accept(claims);
        return part(0) + "." + Signer.encoded(text(claims));
    }

    /// Every claim but those that are changed is as in the good one, with an id of its own.
    private String issued(Consumer<ObjectNode> change) {
        var claims = claimsOf(good);
        claims.put("jti", "attack-" + System.nanoTime());
        change.accept(claims);
        return issuer.sign(head(_ -> {}), text(claims));
    }

    private String claims() {
        return text(claimsOf(good).put("jti", "attack-" + System.nanoTime()));
    }

    private String head(Consumer<ObjectNode> change) {
        var head = JSON.createObjectNode().put("alg", "RS256").put("typ", "JWT").put("kid", issuer.kid());
        change.accept(head);
        return text(head);
    }

    private String part(int number) {
        return good.split("\\.")[number];
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }

    static ObjectNode claimsOf(String token) {
        try {
            return (ObjectNode) JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(JsonNode node) {
        return node.toString();
    }
}
