package dev.hearth.standalone;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The page at `/` and the files it consists of. Nothing else is answered: a path that is not a file's stays nobody's.
final class WebPage {
    /// What the build of the page wrote, one path a line.
    private static final String LIST = "/web/files.list";

    private final Map<String, WebFile> files;
    private final Map<String, String> headers;

    private WebPage(Map<String, WebFile> files, URI publicUrl) {
        this.files = files;
        this.headers = headers(publicUrl);
    }

    /// Reads what the build packed. Without Node it packed no page, and one that says so is served.
    static WebPage load(URI publicUrl) {
        Map<String, WebFile> files = new HashMap<>();
        for (String path : paths()) {
            files.put("/" + path, WebFile.of(path, read("/web/" + path), packed("/web/" + path)));
        }
        if (files.isEmpty()) {
            files.put("/index.html", WebFile.of("index.html", read("/web-missing.html"), Map.of()));
        }
        files.put("/", files.remove("/index.html"));
        return new WebPage(files, publicUrl);
    }

    private static Map<String, Buffer> packed(String resource) {
        Map<String, Buffer> packed =
                new HashMap<>(Map.of("br", read(resource + ".br"), "gzip", read(resource + ".gz")));
        packed.values().removeIf(content -> content.length() == 0);
        return packed;
    }

    private static List<String> paths() {
        return read(LIST).toString(StandardCharsets.UTF_8).lines().toList();
    }

    /// Empty when there is no such file.
    private static Buffer read(String resource) {
        try (InputStream in = WebPage.class.getResourceAsStream(resource)) {
            return in == null ? Buffer.buffer() : Buffer.buffer(in.readAllBytes());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Only what this origin serves runs, and nothing that stands in the page itself. SQLite is WebAssembly; the socket
    /// is named because some browsers do not count it to the origin.
    private static Map<String, String> headers(URI publicUrl) {
        String socket = publicUrl.toString().replaceFirst("^http", "ws");
        String policy = String.join(
                "; ",
                "default-src 'none'",
                "script-src 'self' 'wasm-unsafe-eval'",
                "worker-src 'self'",
                "connect-src 'self' " + socket,
                "style-src 'self'",
                "img-src 'self' data:",
                "manifest-src 'self'",
                "form-action 'self'",
                "base-uri 'none'",
                "frame-ancestors 'none'");
        return Map.of(
                "Content-Security-Policy", policy,
                "X-Content-Type-Options", "nosniff",
                "Referrer-Policy", "no-referrer",
                "Cross-Origin-Opener-Policy", "same-origin",
                "Cross-Origin-Resource-Policy", "same-origin",
                "Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    }

    /// Whether a request is for the page.
    boolean has(HttpServerRequest request) {
        boolean reads = request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
        return reads && files.containsKey(request.path());
    }

    void answer(HttpServerRequest request) {
        var file = files.get(request.path());
        if (file == null) {
            Paths.refuse(request);
            return;
        }
        var response = request.response();
        response.headers().addAll(headers);
        response.putHeader("Cache-Control", file.caching())
                .putHeader("ETag", file.tag())
                .putHeader("Vary", "Accept-Encoding");
        if (file.tag().equals(request.getHeader("If-None-Match"))) {
            response.setStatusCode(304).end();
        } else {
            send(request, response.putHeader("Content-Type", file.type()), file);
        }
    }

    private static void send(HttpServerRequest request, HttpServerResponse response, WebFile file) {
        var encoding = file.encoding(request);
        encoding.ifPresent(name -> response.putHeader("Content-Encoding", name));
        var body = encoding.map(file.packed()::get).orElse(file.content());
        if (request.method() == HttpMethod.HEAD) {
            response.putHeader("Content-Length", Integer.toString(body.length()))
                    .end();
        } else {
            response.end(body);
        }
    }
}
