package dev.hearth.testkit.sweep;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Makes requests of an operation out of one good request and the page's schema: as the schema has them, and changed in
/// ways that nobody has thought of there. The same seed makes the same requests.
public final class Fuzz {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final String RAW = "@raw@";
    private static final int DEEP = 5_000;
    private static final List<String> CONTENT_TYPES = List.of(
            "text/plain",
            "application/xml",
            "application/json; charset=utf-16",
            "application/json;charset=nonsense",
            "application/problem+json",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "multipart/form-data; boundary=x",
            "*/*",
            "application/*",
            "json",
            "/",
            "application/json, text/plain",
            "\u00e9");
    private static final List<String> HEADERS = List.of(
            "Accept",
            "Accept-Encoding",
            "Accept-Language",
            "Content-Encoding",
            "Content-Language",
            "Cookie",
            "Forwarded",
            "If-Match",
            "If-None-Match",
            "If-Modified-Since",
            "Origin",
            "Range",
            "Referer",
            "Sec-Fetch-Site",
            "Te",
            "traceparent",
            "tracestate",
            "User-Agent",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "X-Forwarded-Proto",
            "X-HTTP-Method-Override",
            "Hearth-Caller",
            "Hearth-Min-Sequence",
            "Idempotency-Key",
            "Last-Event-ID");
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get", "X");

    private final Operation operation;
    private final Ask good;
    private final RandomGenerator random;

    /// `good` is answered with success.
    public Fuzz(Operation operation, Ask good, long seed) {
        this.operation = operation;
        this.good = good;
        this.random = new SplittableRandom(seed ^ operation.key().hashCode());
    }

    /// The good request first.
    public List<Ask> cases(int count) {
        List<Ask> cases = new ArrayList<>(List.of(good));
        while (cases.size() < count) {
            cases.add(next());
        }
        return cases;
    }

    private Ask next() {
        boolean takesBody = operation.bodySchema().isPresent();
        boolean hasQuery = !operation.in("query").isEmpty();
        boolean hasPath = operation.path().contains("{");
        if (!takesBody && good.body().length > 0 && random.nextBoolean()) {
            return damaged();
        }
        while (true) {
            int kind = random.nextInt(20);
            if (kind < 9 && takesBody) {
                return body();
            }
            if (kind < 12 && takesBody) {
                return wholeBody();
            }
            if (kind < 15 && hasQuery) {
                return query();
            }
            if (kind < 17 && hasPath) {
                return path();
            }
            if (kind >= 17) {
                return kind == 19 && random.nextInt(3) == 0 ? method() : header();
            }
        }
    }

    /// One value somewhere in the body, or the body as the schema has it.
    private Ask body() {
        var schema = operation.bodySchema().orElseThrow();
        var body = random.nextInt(3) == 0 ? made(schema, 0) : parsed(good.body());
        if (!(body instanceof ObjectNode object) || object.isEmpty()) {
            return wholeBody();
        }
        if (random.nextInt(8) == 0) {
            return json(text(object));
        }
        var names = new ArrayList<String>(
                object.properties().stream().map(Map.Entry::getKey).toList());
        operation.api().resolved(schema).path("properties").fieldNames().forEachRemaining(names::add);
        var name = Odd.of(names, random);
        return switch (random.nextInt(6)) {
            case 0 -> {
                object.remove(name);
                yield json(text(object));
            }
            case 1 -> json(twice(object, name));
            case 2 -> {
                object.put("odd " + random.nextInt(100), 1);
                yield json(text(object));
            }
            default -> {
                innermost(object, name).put(name, RAW);
                yield json(text(object).replace("\"" + RAW + "\"", Odd.json(random)));
            }
        };
    }

    /// Sometimes in an object further in, where there is one.
    private ObjectNode innermost(ObjectNode object, String name) {
        for (JsonNode child : object) {
            var inner = child.isArray() && !child.isEmpty() ? child.get(0) : child;
            if (inner instanceof ObjectNode nested && !nested.isEmpty() && random.nextBoolean()) {
                nested.put(nested.fieldNames().next(), RAW);
                return nested;
            }
        }
        return object;
    }

    private static String twice(ObjectNode object, String name) {
        var value = object.path(name);
        var text = text(object);
        return "{\"" + name + "\":" + (value.isMissingNode() ? "null" : text(value)) + "," + text.substring(1);
    }

    private Ask wholeBody() {
        byte[] sound = good.body();
        return switch (random.nextInt(14)) {
            case 0 -> json("");
            case 1 -> json("null");
            case 2 -> json("[]");
            case 3 -> json("{}");
            case 4 -> json(Odd.json(random));
            case 5 -> json("[".repeat(DEEP));
            case 6 -> json("{\"a\":".repeat(DEEP) + "1" + "}".repeat(DEEP));
            case 7 -> bytes(Ask.JSON, cut(sound));
            case 8 -> json(new String(sound, StandardCharsets.UTF_8) + " {}");
            case 9 -> json("\ufeff" + new String(sound, StandardCharsets.UTF_8));
            case 10 -> bytes(Ask.JSON, new byte[] {'{', '"', (byte) 0xff, (byte) 0xc0, '"', ':', '1', '}'});
            case 11 -> bytes(Ask.JSON, new String(sound, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16));
            case 12 -> bytes(Odd.of(CONTENT_TYPES, random), sound);
            default -> new Ask(good.method(), good.target(), withoutContentType(), sound);
        };
    }

    /// Of a body that is no JSON, some bytes are others, or the end is missing.
    private Ask damaged() {
        byte[] body = random.nextInt(3) == 0 ? cut(good.body()) : good.body().clone();
        for (int i = random.nextInt(8); body.length > 0 && i >= 0; i--) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }
        return new Ask(good.method(), good.target(), good.headers(), body);
    }

    private byte[] cut(byte[] whole) {
        return whole.length == 0 ? whole : java.util.Arrays.copyOf(whole, random.nextInt(whole.length));
    }

    private Ask query() {
        var name = Odd.of(operation.in("query"), random).name();
        var value = Odd.encoded(random);
        var target = good.target();
        boolean has = target.contains("?");
        return target(
                switch (random.nextInt(4)) {
                    case 0 -> target + (has ? "&" : "?") + name + "=" + value;
                    case 1 -> target + (has ? "&" : "?") + name;
                    case 2 -> target + (has ? "&" : "?") + name + "=1&" + name + "=" + value + "&odd=" + value;
                    default -> (has ? target.substring(0, target.indexOf('?')) : target) + "?" + name + "=" + value;
                });
    }

    private Ask path() {
        var query = good.target().contains("?")
                ? good.target().substring(good.target().indexOf('?'))
                : "";
        var steps = operation.path().split("/");
        var sound = good.target().split("\\?")[0].split("/");
        var places = new ArrayList<Integer>();
        for (int i = 0; i < steps.length; i++) {
            if (steps[i].startsWith("{")) {
                places.add(i);
            }
        }
        sound[Odd.of(places, random)] = Odd.encoded(random);
        return target(String.join("/", sound) + query);
    }

    private Ask header() {
        var named = operation.in("header");
        var name =
                !named.isEmpty() && random.nextBoolean() ? Odd.of(named, random).name() : Odd.of(HEADERS, random);
        var once = good.with(name, Odd.header(random));
        return random.nextInt(6) == 0 ? once.with(name, Odd.header(random)) : once;
    }

    /// None that the address knows: it would do what it is for.
    private Ask method() {
        var known = operation.api().operations().keySet();
        var others = METHODS.stream()
                .filter(method -> !known.contains(method + " " + operation.path()))
                .toList();
        return new Ask(Odd.of(others, random), good.target(), good.headers(), good.body());
    }

    private Ask target(String target) {
        return new Ask(good.method(), target, good.headers(), good.body());
    }

    private Ask json(String text) {
        return bytes(Ask.JSON, text.getBytes(StandardCharsets.UTF_8));
    }

    private Ask bytes(String contentType, byte[] body) {
        return new Ask(good.method(), good.target(), withoutContentType(), body).with("Content-Type", contentType);
    }

    private List<Map.Entry<String, String>> withoutContentType() {
        return good.headers().stream()
                .filter(header -> !header.getKey().equalsIgnoreCase("Content-Type"))
                .toList();
    }

    /// A value as the schema has it.
    private JsonNode made(JsonNode unresolved, int depth) {
        var schema = operation.api().resolved(unresolved);
        var nodes = JSON.getNodeFactory();
        if (depth > 5) {
            return nodes.nullNode();
        }
        for (String choice : List.of("anyOf", "oneOf")) {
            if (schema.path(choice).isArray()) {
                return made(
                        schema.path(choice)
                                .get(random.nextInt(schema.path(choice).size())),
                        depth + 1);
            }
        }
        if (schema.path("enum").isArray()) {
            return schema.path("enum").get(random.nextInt(schema.path("enum").size()));
        }
        var type = schema.path("type").isArray()
                ? schema.path("type")
                        .get(random.nextInt(schema.path("type").size()))
                        .asText()
                : schema.path("type").asText();
        return switch (type) {
            case "object" -> object(schema, depth);
            case "array" -> {
                var array = nodes.arrayNode();
                for (int i = random.nextInt(3); i >= 0; i--) {
                    array.add(made(schema.path("items"), depth + 1));
                }
                yield array;
            }
            case "string" -> nodes.textNode(string(schema));
            case "integer" -> nodes.numberNode(number(schema));
            case "number" -> nodes.numberNode(random.nextDouble());
            case "boolean" -> nodes.booleanNode(random.nextBoolean());
            default -> nodes.nullNode();
        };
    }

    private ObjectNode object(JsonNode schema, int depth) {
        var object = JSON.createObjectNode();
        schema.path("properties").properties().forEach(property -> {
            if (random.nextInt(4) > 0 || schema.path("required").toString().contains(property.getKey())) {
                object.set(property.getKey(), made(property.getValue(), depth + 1));
            }
        });
        return object;
    }

    private String string(JsonNode schema) {
        return switch (schema.path("format").asText("")) {
            case "uuid" -> new java.util.UUID(random.nextLong(), random.nextLong()).toString();
            case "date-time" -> "2026-11-21T10:00:00Z";
            default -> {
                int most = schema.path("maxLength").asInt(40);
                int length = random.nextInt(4) == 0 ? most : Math.min(most, 1 + random.nextInt(12));
                yield "a".repeat(Math.max(length, schema.path("minLength").asInt(0)));
            }
        };
    }

    private long number(JsonNode schema) {
        long least = schema.path("minimum").asLong(-10);
        long most = schema.path("maximum").asLong(least + 1_000);
        return random.nextLong(least, most + 1);
    }

    private static JsonNode parsed(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static String text(JsonNode node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
