package dev.hearth.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hearth.embedded.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/// What a running Hearth tells of itself, held against the catalogue, and, by a real Prometheus, against the dashboard
/// and the alerts.
final class MetricsScenario {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern FAMILY = Pattern.compile("(?m)^# TYPE (hearth_\\w+) (\\w+)$");
    private static final Pattern CATALOGUED = Pattern.compile("(?m)^\\| `(hearth_\\w+)` \\| (\\w+) \\|");
    private static final Pattern RULE = Pattern.compile("(?m)^\\s+expr: (.+)$");
    private static final Pattern LABEL = Pattern.compile("(?m)^hearth_\\w+\\{([^}]*)}");

    private final HearthProgram hearth;
    private final String token;
    private final URI metrics;
    private final HttpClient http = HttpClient.newHttpClient();

    MetricsScenario(HearthProgram hearth, DataFolder data, String token) {
        this.hearth = hearth;
        this.token = token;
        var ports = PrivateProperties.read(data.ports());
        this.metrics = URI.create("http://127.0.0.1:" + ports.get("metrics") + "/q/metrics");
    }

    /// The same names and types on both sides, no less and no more.
    void catalogued() throws Exception {
        var told = new TreeSet<String>();
        var exposed = get(metrics).body();
        var families = FAMILY.matcher(exposed);
        while (families.find()) {
            told.add(families.group(1) + " " + families.group(2));
        }
        var known = new TreeSet<String>();
        var rows = CATALOGUED.matcher(Files.readString(HearthProgram.root().resolve("docs/metrics.md")));
        while (rows.find()) {
            known.add(rows.group(1) + " " + rows.group(2));
        }
        // Micrometer tells the longest of late, too, as a family of its own.
        told.removeIf(family -> family.endsWith("_max gauge"));

        assertThat(told).isEqualTo(known);
        var labels = LABEL.matcher(exposed);
        while (labels.find()) {
            assertThat(labels.group(1)).doesNotContainPattern("[0-9a-f]{8}-[0-9a-f]{4}|@");
        }
    }

    void is_not_on_the_origin() throws Exception {
        for (String path : new String[] {"/q/metrics", "/q/metrics/", "/q/%6detrics", "/q//metrics"}) {
            assertThat(get(origin(path)).statusCode()).as(path).isEqualTo(404);
        }
    }

    static boolean hasPrometheus() throws InterruptedException {
        try {
            return new ProcessBuilder("prometheus", "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    /// Every question of the dashboard and of the alerts has an answer while Hearth is used.
    void answered(Path folder) throws Exception {
        var deploy = HearthProgram.root().resolve("deploy");
        for (String name : new String[] {"prometheus.yml", "separate.yml", "kubernetes.yml"}) {
            promtool("config", deploy.resolve("prometheus").resolve(name));
        }
        int port = FreePorts.any();
        var process = prometheus(folder, deploy, port);
        try {
            var store = "/api/v1/stores/"
                    + JSON.readTree(post("/api/v1/stores", "{\"name\":\"measured\"}")
                                    .body())
                            .get("id")
                            .asText();
            Set<String> open = new LinkedHashSet<>(questions(deploy));
            long latest = System.nanoTime() + PATIENCE.toNanos();
            while (!open.isEmpty()) {
                assertThat(System.nanoTime()).as("without an answer: %s", open).isLessThan(latest);
                assertThat(process.isAlive()).isTrue();
                use(store);
                open.removeIf(question -> hasAnswer(port, question));
            }
            var rules = JSON.readTree(get(URI.create("http://127.0.0.1:" + port + "/api/v1/rules"))
                    .body());
            assertThat(rules.findValuesAsText("health")).isNotEmpty().containsOnly("ok");
        } finally {
            process.destroy();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    private Process prometheus(Path folder, Path deploy, int port) throws IOException {
        var config = folder.resolve("prometheus.yml");
        Files.writeString(
                config,
                Files.readString(deploy.resolve("prometheus/prometheus.yml"))
                        .replace("127.0.0.1:9464", metrics.getAuthority())
                        .replace("15s", "1s")
                        .replace("rules/hearth.yml", deploy.resolve("prometheus/rules/hearth.yml") + ""));
        return new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("tsdb"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--log.level=warn")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
    }

    /// An alert asks whether something is too much; here it is asked for the figure.
    private static List<String> questions(Path deploy) throws IOException {
        List<String> questions = new ArrayList<>();
        var dashboard =
                JSON.readTree(deploy.resolve("grafana/hearth-overview.json").toFile());
        for (JsonNode panel : dashboard.path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                questions.add(target.path("expr").asText().replace("$__rate_interval", "1m"));
            }
        }
        assertThat(questions).hasSizeGreaterThan(20);
        var rules = RULE.matcher(Files.readString(deploy.resolve("prometheus/rules/hearth.yml")));
        int alerts = 0;
        while (rules.find()) {
            questions.add(rules.group(1).replaceFirst(" [<>] [0-9.]+$", ""));
            alerts++;
        }
        assertThat(alerts).isEqualTo(8);
        return questions;
    }

    private void use(String store) throws Exception {
        post(store + "/events", "{\"events\":[{\"type\":\"noted\",\"data\":{\"n\":1}}]}");
        get(origin("/api/v1/nothing"));
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }

    private boolean hasAnswer(int port, String question) {
        try {
            var answer = get(URI.create("http://127.0.0.1:" + port + "/api/v1/query?query="
                    + URLEncoder.encode(question, StandardCharsets.UTF_8)));
            for (JsonNode series : JSON.readTree(answer.body()).path("data").path("result")) {
                if (!series.path("value").path(1).asText("NaN").equals("NaN")) {
                    return true;
                }
            }
            return false;
        } catch (IOException notUpYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void promtool(String what, Path file) throws Exception {
        var process = new ProcessBuilder("promtool", "check", what, file.toString())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private URI origin(String path) {
        return URI.create("http://localhost:" + hearth.port + path);
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(origin(path))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> get(URI from) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(from).timeout(PATIENCE).build(), BodyHandlers.ofString());
    }
}
