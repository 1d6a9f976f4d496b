package dev.hearth.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/// The page at `/` as the network sees it.
final class WebScenario {
    private final URI origin;

    WebScenario(HearthProgram hearth) {
        this.origin = URI.create("http://localhost:" + hearth.port);
    }

    void is_served_with_a_strict_policy() throws IOException, InterruptedException {
        var page = get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(header(page, "Content-Type")).startsWith("text/html");
        assertThat(header(page, "Cache-Control")).isEqualTo("no-cache");
        assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(page, "Content-Security-Policy"))
                .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'")
                .doesNotContain("unsafe-inline", " 'unsafe-eval'", "*");
        assertThat(page.body()).doesNotContain("<style", "<script>", " style=", " onclick=");
    }

    void is_not_sent_again_while_it_stays_the_same() throws IOException, InterruptedException {
        var tag = header(get("/"), "ETag");

        var again = send(HttpRequest.newBuilder(origin.resolve("/")).header("If-None-Match", tag));

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    void leaves_every_other_path_to_the_services() throws IOException, InterruptedException {
        assertThat(get("/api/v1/account").statusCode()).isEqualTo(401);
        for (String path : new String[] {"/assets/none.js", "/files.list", "/index.html.br", "/web/index.html"}) {
            var answer = get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(header(answer, "Content-Type")).as(path).isEqualTo("application/problem+json");
        }
    }

    void may_call_the_services_and_other_pages_may_not() throws IOException, InterruptedException {
        assertThat(from(origin.toString()).statusCode()).isEqualTo(401);
        assertThat(from("https://elsewhere.example").statusCode()).isEqualTo(403);
    }

    private HttpResponse<String> from(String page) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(origin.resolve("/api/v1/account")).header("Origin", page));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(origin.resolve(path)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
