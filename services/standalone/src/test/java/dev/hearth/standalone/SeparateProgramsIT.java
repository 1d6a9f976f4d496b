package dev.hearth.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.embedded.PidFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeparateProgramsIT {
    private static final String PASSWORD = "a long enough one";

    @TempDir
    static Path folder;

    private static DataFolder data;
    private static HearthProgram hearth;

    @BeforeAll
    static void start() throws Exception {
        data = new DataFolder(folder.resolve("data"));
        var environment = new HashMap<>(TraceScenario.TELLING);
        environment.putAll(DeletionScenario.IMPATIENT);
        hearth = new HearthProgram(data.root(), environment);
        hearth.up("--separate", "--log-format", "json").awaitReady();
    }

    @AfterAll
    static void everything_ends() throws Exception {
        assertThat(hearth.run("", "down").output()).startsWith("Stopped.");
        assertThat(Leftovers.find(data)).isEmpty();
    }

    @Test
    void the_origin_hands_each_path_to_its_service() throws Exception {
        assertThat(get("/problems/not-found")).isEqualTo(200);
        assertThat(get("/api/v1/account")).isEqualTo(401);
        assertThat(get("/identity/realms/hearth")).isEqualTo(200);
    }

    @Test
    void what_somebody_writes_through_sync_is_counted_by_projection() throws Exception {
        new UsageScenario(hearth, token("ann@example.org")).play();
    }

    @Test
    void by_its_trace_an_event_is_found_in_the_logs_of_all_services() throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            new TraceScenario("http://localhost:" + hearth.port, http, data, token("cid@example.org"))
                    .play(Map.of(
                            "sync", Set.of("answered: by=native-face"),
                            "event-store", Set.of("appended: by=event-store", "published: by=relay"),
                            "projection", Set.of("folded: by=usage")));
        }
    }

    private static String token(String email) throws Exception {
        assertThat(hearth.run(PASSWORD, "user", "add", email, "--password-stdin")
                        .code())
                .isZero();
        return hearth.run(PASSWORD, "user", "token", email, "--password-stdin")
                .output()
                .strip();
    }

    @Test
    void what_somebody_takes_back_counts_in_every_program_within_seconds() throws Exception {
        var email = "cleo@example.org";
        var password = "a long enough one";
        hearth.run(password, "user", "add", email, "--password-stdin");
        var token = hearth.run(password, "user", "token", email, "--password-stdin");

        new RevocationScenario(hearth, token.output().strip()).play();
    }

    @Test
    void what_somebody_has_goes_along_to_another_account() throws Exception {
        new CarryScenario(hearth, token("dan@example.org"), token("eve@example.org")).play();
    }

    @Test
    void whoever_has_their_account_deleted_is_found_nowhere() throws Exception {
        new DeletionScenario(hearth, data).play();
    }

    @Test
    void the_page_allows_only_what_this_origin_serves() throws Exception {
        var page = new WebScenario(hearth);

        page.is_served_with_a_strict_policy();
        page.is_not_sent_again_while_it_stays_the_same();
        page.leaves_every_other_path_to_the_services();
        page.may_call_the_services_and_other_pages_may_not();
    }

    @Test
    void a_browser_signs_in_and_syncs_through_the_origin() throws Exception {
        var email = "bea@example.org";
        hearth.run(PASSWORD, "user", "add", email, "--password-stdin");

        try (var chromium = Chromium.launch()) {
            var visitor = new Visitor(chromium.browser, "http://localhost:" + hearth.port);
            visitor.signIn(email, PASSWORD);
            visitor.add("Milk");
            visitor.status("All saved on the server.");

            assertThat(visitor.complaints).isEmpty();
        }
    }

    @Test
    void what_is_internal_cannot_be_reached_by_any_spelling() throws Exception {
        for (String path : new String[] {
            "/internal/log/list",
            "/api/v1/commands/../../../internal/log/list",
            "/api/v1/commands/%2e%2e/%2e%2e/%2e%2e/internal/log/list",
            "/q/metrics",
            "/api/v1/unknown"
        }) {
            assertThat(get(path)).as(path).isEqualTo(404);
        }
    }

    @Test
    void a_service_that_dies_is_started_again() throws Exception {
        var before = PidFile.running(data.pidFile("projection")).orElseThrow();

        before.destroyForcibly();
        before.onExit().get(10, TimeUnit.SECONDS);

        long latest = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (get("/q/health/ready") == 200 && System.nanoTime() < latest) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        while (get("/q/health/ready") != 200 && System.nanoTime() < latest) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        assertThat(get("/q/health/ready")).isEqualTo(200);
        assertThat(PidFile.running(data.pidFile("projection"))).isPresent();
    }

    private static int get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + hearth.port + path));
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.discarding()).statusCode();
        }
    }
}
