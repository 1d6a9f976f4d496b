package dev.hearth.standalone;

import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/// A file of the page, as it is sent.
///
/// @param gzip empty when the build found that packing it gains nothing
record WebFile(Buffer content, Buffer gzip, String type, String caching, String tag) {
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "wasm", "application/wasm",
            "webmanifest", "application/manifest+json");

    static WebFile of(String path, Buffer content, Buffer gzip) {
        String type = TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), "application/octet-stream");
        // What is in assets is named after its content.
        String caching = path.startsWith("assets/") ? "public, max-age=31536000, immutable" : "no-cache";
        return new WebFile(content, gzip, type, caching, tag(content));
    }

    private static String tag(Buffer content) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes());
            return '"' + HexFormat.of().formatHex(digest, 0, 12) + '"';
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
