package dev.hearth.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// One life of a Hearth: what is tested late starts it again.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OneProgramIT {
    private static final String EMAIL = "ann@example.org";
    private static final String PASSWORD = "a long enough one";

    @TempDir
    static Path folder;

    private static HearthProgram hearth;
    private static HearthProgram.Up up;

    @BeforeAll
    static void start() throws Exception {
        hearth = new HearthProgram(folder.resolve("data"), DeletionScenario.IMPATIENT);
        up = hearth.up().awaitReady();
        assertThat(hearth.run(PASSWORD, "user", "add", EMAIL, "--password-stdin")
                        .code())
                .isZero();
    }

    @AfterAll
    static void stop() throws Exception {
        hearth.run("", "down");
    }

    @Test
    @Order(1)
    void without_a_token_the_account_is_closed() throws Exception {
        assertThat(get("/api/v1/account", "")).isEqualTo(401);
    }

    @Test
    @Order(1)
    void a_person_gets_a_token_that_opens_their_account() throws Exception {
        assertThat(get("/api/v1/account", token())).isEqualTo(200);
    }

    @Test
    @Order(1)
    void what_somebody_writes_is_counted() throws Exception {
        new UsageScenario(hearth, token()).play();

        var status = hearth.run(PASSWORD, "status", "--user", EMAIL, "--password-stdin");
        assertThat(status.output())
                .containsPattern("(?m)^counted +native +5 +35 +\\S+Z$")
                .containsPattern("(?m)^\\d+ in all +5 +35 ")
                .endsWith("ready http://localhost:" + hearth.port + "\n");
    }

    @Test
    @Order(1)
    void whoever_has_their_account_deleted_is_found_nowhere() throws Exception {
        new DeletionScenario(hearth, new DataFolder(folder.resolve("data"))).play();
    }

    @Test
    @Order(1)
    void whoever_makes_a_household_has_it_with_the_next_request() throws Exception {
        new UsageScenario(hearth, token()).playHousehold();
    }

    @Test
    @Order(1)
    void what_is_measured_is_in_the_catalogue_and_the_reverse() throws Exception {
        new MetricsScenario(hearth, new DataFolder(folder.resolve("data")), token()).catalogued();
    }

    @Test
    @Order(1)
    void what_is_measured_is_not_on_the_origin() throws Exception {
        new MetricsScenario(hearth, new DataFolder(folder.resolve("data")), "").is_not_on_the_origin();
    }

    @Test
    @Order(1)
    void a_real_prometheus_answers_every_question_of_the_dashboard_and_the_alerts() throws Exception {
        assumeTrue(
                MetricsScenario.hasPrometheus(),
                "SKIPPED: there is no Prometheus here (apt install prometheus); the dashboard was not looked at");
        var scenario = new MetricsScenario(hearth, new DataFolder(folder.resolve("data")), token());

        scenario.answered(Files.createDirectory(folder.resolve("prometheus")));
    }

    @Test
    @Order(1)
    void a_wrong_password_gets_no_token() throws Exception {
        var outcome = hearth.run("another one", "user", "token", EMAIL, "--password-stdin");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.output()).contains("Keycloak refuses").hasLineCount(1);
    }

    @Test
    @Order(1)
    void the_first_start_made_an_administrator_and_no_address_makes_another(@TempDir Path elsewhere) throws Exception {
        var data = new DataFolder(folder.resolve("data"));
        var scenario = new FirstAdminScenario(data, new Realm(hearth, data), elsewhere);

        assertThat(get("/api/v1/admin/figures", scenario.token().value())).isEqualTo(200);
        scenario.play(EMAIL);
    }

    @Test
    @Order(1)
    void nobody_is_added_twice() throws Exception {
        assertThat(hearth.run("", "user", "add", EMAIL).output()).contains("already somebody");
    }

    @Test
    @Order(1)
    void what_is_internal_cannot_be_reached_by_any_spelling() throws Exception {
        for (String path : new String[] {
            "/internal/log/list",
            "//internal/log/list",
            "/q/../internal/log/list",
            "/%2e/internal/log/list",
            "/internal;a=b/log/list",
            "/%69nternal/log/list"
        }) {
            assertThat(get(path, token())).as(path).isEqualTo(404);
        }
    }

    @Test
    @Order(1)
    void keycloaks_console_and_other_realm_are_not_on_the_origin() throws Exception {
        for (String path : new String[] {
            "/identity/admin/master/console/",
            "/identity/realms/master",
            "/identity/realms/hearth/..%2fmaster",
            "/identity/realms/hearth/%2e%2e/master",
            "/identity/metrics"
        }) {
            assertThat(get(path, "")).as(path).isEqualTo(404);
        }
    }

    @Test
    @Order(1)
    void the_page_allows_only_what_this_origin_serves() throws Exception {
        var page = new WebScenario(hearth);

        page.is_served_with_a_strict_policy();
        page.is_not_sent_again_while_it_stays_the_same();
        page.leaves_every_other_path_to_the_services();
        page.may_call_the_services_and_other_pages_may_not();
    }

    @Test
    @Order(1)
    void secrets_are_readable_by_their_owner_alone_and_on_no_command_line() throws Exception {
        for (String name : new String[] {"secrets.properties", "run/hearth.properties"}) {
            assertThat(Files.getPosixFilePermissions(folder.resolve("data").resolve(name)))
                    .hasSize(2);
        }
        var secrets = PrivateProperties.read(folder.resolve("data/secrets.properties"))
                .values();
        String commandLines = commandLines();
        assertThat(secrets).noneMatch(commandLines::contains);
    }

    @Test
    @Order(1)
    void a_second_one_on_the_folder_is_refused() throws Exception {
        var second = hearth.run("", "up", "--port", "1");

        assertThat(second.code()).isEqualTo(1);
        assertThat(second.output()).startsWith("Another Hearth runs on").hasLineCount(1);
    }

    @Test
    @Order(1)
    void a_port_in_use_is_refused_before_anything_starts() throws Exception {
        var other = new HearthProgram(folder.resolve("other"));

        var second = other.run("", "up", "--port", Integer.toString(hearth.port));

        assertThat(second.code()).isEqualTo(1);
        assertThat(second.output())
                .startsWith("Port " + hearth.port + " is in use")
                .hasLineCount(1);
        assertThat(folder.resolve("other/postgres")).doesNotExist();
    }

    @Test
    @Order(2)
    void after_a_kill_nothing_stays_and_the_next_start_has_all_data_also_with_tls() throws Exception {
        var data = new DataFolder(folder.resolve("data"));
        var realm = new Realm(hearth, data);
        realm.removeClientOfBrowsers();
        var children = Leftovers.find(data).stream()
                .filter(process -> process.pid() != up.process.pid())
                .toList();

        up.process.destroyForcibly().waitFor();
        for (ProcessHandle child : children) {
            child.onExit().get(30, TimeUnit.SECONDS);
        }
        up = hearth.up("--tls").awaitReady();

        assertThat(children).hasSizeGreaterThanOrEqualTo(4);
        assertThat(get("https", "/api/v1/account", token())).isEqualTo(200);
        assertThat(hearth.run("", "status").output()).endsWith("ready https://localhost:" + hearth.port + "\n");
        assertThat(realm.signInPage("https://localhost:" + hearth.port + "/"))
                .as("a realm that lacks the browsers' client gets it")
                .isEqualTo(200);
        assertThat(realm.signInPage("http://localhost:" + hearth.port + "/"))
                .as("and nobody is sent back anywhere else")
                .isEqualTo(400);
    }

    @Test
    @Order(3)
    void a_browser_that_came_by_http_2_signs_in_and_syncs() {
        try (var chromium = Chromium.launch("--ignore-certificate-errors")) {
            var visitor = new Visitor(chromium.browser, "https://localhost:" + hearth.port);
            visitor.signIn(EMAIL, PASSWORD);
            visitor.add("Milk");
            visitor.status("All saved on the server.");

            assertThat(visitor.complaints).isEmpty();
        }
    }

    @Test
    @Order(4)
    void down_ends_everything() throws Exception {
        var outcome = hearth.run("", "down");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.output()).startsWith("Stopped.");
        assertThat(up.awaitEnd()).isEqualTo(143);
        assertThat(Leftovers.find(new DataFolder(folder.resolve("data")))).isEmpty();
    }

    private static String token() throws IOException, InterruptedException {
        var outcome = hearth.run(PASSWORD, "user", "token", EMAIL, "--password-stdin");
        assertThat(outcome.code()).as(outcome.output()).isZero();
        return outcome.output().strip();
    }

    private static int get(String path, String token) throws IOException, InterruptedException {
        return get("http", path, token);
    }

    private static int get(String scheme, String path, String token) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(scheme + "://localhost:" + hearth.port + path));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try (var client = LocalHttp.to(new DataFolder(folder.resolve("data"))).build()) {
            return client.send(request.build(), BodyHandlers.discarding()).statusCode();
        }
    }

    private static String commandLines() {
        var all = new StringBuilder();
        ProcessHandle.allProcesses()
                .forEach(process -> all.append(process.info().commandLine().orElse("")));
        return all.toString();
    }
}
