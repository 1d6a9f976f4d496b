package dev.hearth.testkit.sweep;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One request as it goes out, byte for byte: nothing is checked, escaped or completed on the way but the length of the
/// body. `target` is what stands in the request line; headers may come twice.
public record Ask(String method, String target, List<Map.Entry<String, String>> headers, byte[] body) {
    public static final String JSON = "application/json";

    public Ask {
        headers = List.copyOf(headers);
    }

    public static Ask of(String method, String target) {
        return new Ask(method, target, List.of(), new byte[0]);
    }

    public Ask with(String name, String value) {
        var more = new ArrayList<>(headers);
        more.add(Map.entry(name, value));
        return new Ask(method, target, more, body);
    }

    public Ask withJson(String text) {
        return withBody(JSON, text.getBytes(StandardCharsets.UTF_8));
    }

    public Ask withBody(String contentType, byte[] bytes) {
        return new Ask(method, target, headers, bytes).with("Content-Type", contentType);
    }

    /// All that was sent, to tell an answer that repeats it from one that knows more.
    String text() {
        return target + "\n" + headers + "\n" + new String(body, StandardCharsets.UTF_8);
    }
}
