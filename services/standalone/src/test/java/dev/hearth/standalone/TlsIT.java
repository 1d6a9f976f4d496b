package dev.hearth.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.standalone.tls.TestFiles;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// A Hearth with TLS, as clients see it that trust its authority and nobody else: first with a certificate of its own
/// making, then, on the same data, with one that was given and is renewed.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TlsIT {
    private static final String EMAIL = "ann@example.org";
    private static final String PASSWORD = "a long enough one";
    /// TLS 1.1, with one suite of its time.
    private static final byte[] OLD_HELLO =
            HexFormat.of().parseHex("160301002d" + "01000029" + "0302" + "00".repeat(32) + "00" + "0002002f" + "0100");

    @TempDir
    static Path folder;

    private static DataFolder data;
    private static HearthProgram hearth;
    private static HearthProgram.Up up;
    private static String token;

    @BeforeAll
    static void start() throws Exception {
        data = new DataFolder(folder.resolve("data"));
        hearth = new HearthProgram(data.root(), TraceScenario.TELLING);
        up = hearth.up("--tls", "--public-url", publicUrl(), "--log-format", "json")
                .awaitReady();
        hearth.run(PASSWORD, "user", "add", EMAIL, "--password-stdin");
        token = token();
    }

    @AfterAll
    static void stop() throws Exception {
        hearth.run("", "down");
    }

    @Test
    @Order(1)
    void a_client_that_trusts_the_authority_comes_in_by_http_2() throws Exception {
        var answer = get(Trusting.client(authority()), "/api/v1/account");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
    }

    @Test
    @Order(1)
    void by_address_it_is_the_same_machine() throws Exception {
        var client = Trusting.client(authority());

        var answer = client.send(
                HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + hearth.port + "/q/health/ready"))
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    @Order(1)
    void without_that_trust_a_client_stays_out() throws Exception {
        var other = TestFiles.in(folder.resolve("other"), "localhost");

        assertThatThrownBy(() -> get(HttpClient.newHttpClient(), "/")).isInstanceOf(SSLHandshakeException.class);
        assertThatThrownBy(() -> get(Trusting.client(other.authority()), "/"))
                .isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    @Order(1)
    void curl_takes_the_authority_from_its_file() throws Exception {
        assumeTrue(run("curl", "--version") == 0, "there is no curl here");
        var there = "hearth.test:" + hearth.port;

        assertThat(run(
                        "curl",
                        "-sSf",
                        "--cacert",
                        authority().toString(),
                        "--resolve",
                        there + ":127.0.0.1",
                        "https://" + there + "/identity/realms/hearth"))
                .isZero();
    }

    @Test
    @Order(1)
    void tls_1_1_is_refused() throws Exception {
        try (var socket = new Socket("localhost", hearth.port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(OLD_HELLO);

            byte[] answer = socket.getInputStream().readNBytes(7);

            assertThat(answer[0]).as("an alert").isEqualTo((byte) 21);
            assertThat(answer[6]).as("protocol_version").isEqualTo((byte) 70);
        }
    }

    @Test
    @Order(1)
    void plain_http_gets_no_answer() {
        assertThatThrownBy(() -> send(HttpClient.newHttpClient(), request("http", "/q/health/ready")))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(SSLException.class);
    }

    @Test
    @Order(1)
    void keycloak_is_the_issuer_at_the_public_url() throws Exception {
        var client = Trusting.client(authority());

        var configuration = get(client, "/identity/realms/hearth/.well-known/openid-configuration");

        assertThat(configuration.body()).contains("\"issuer\":\"" + publicUrl() + "/identity/realms/hearth\"");
        var form = "grant_type=client_credentials&client_id=hearth-services&client_secret="
                + Secrets.of(data).services().value();
        var given = send(
                client,
                request("https", "/identity/realms/hearth/protocol/openid-connect/token")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form)));
        assertThat(given.statusCode()).isEqualTo(200);
    }

    @Test
    @Order(1)
    void browsers_are_told_to_come_by_tls_only_once_and_for_this_name_alone() throws Exception {
        var client = Trusting.client(authority());

        for (String path : new String[] {"/api/v1/account", "/identity/realms/hearth/account", "/internal/log"}) {
            assertThat(get(client, path).headers().allValues("Strict-Transport-Security"))
                    .as(path)
                    .containsExactly("max-age=15552000");
        }
    }

    @Test
    @Order(1)
    void events_are_written_and_streamed() throws Exception {
        var client = Trusting.client(authority());
        var store = "/api/v1/stores/" + openStore(client);

        var stream = client.send(
                request("https", store + "/live")
                        .header("Accept", "text/event-stream")
                        .build(),
                BodyHandlers.ofLines());
        append(client, store);

        try (var lines = stream.body()) {
            assertThat(lines.filter(line -> line.startsWith("id: ")).findFirst())
                    .contains("id: 1");
        }
    }

    @Test
    @Order(1)
    void a_web_socket_is_opened_and_answered() throws Exception {
        var answered = new CompletableFuture<String>();
        var socket = Trusting.client(authority())
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + token)
                .buildAsync(
                        URI.create("wss://localhost:" + hearth.port + "/faces/livestore?storeId=notes"),
                        new WebSocket.Listener() {
                            @Override
                            public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
                                answered.complete(text.toString());
                                return CompletableFuture.completedStage(null);
                            }
                        })
                .get(20, TimeUnit.SECONDS);

        socket.sendText(
                        "{\"_tag\":\"Request\",\"id\":\"1\",\"tag\":\"SyncWsRpc.Pull\",\"headers\":[],\"payload\":"
                                + "{\"storeId\":\"notes\",\"live\":false,\"cursor\":{\"_tag\":\"None\"}}}",
                        true)
                .join();

        assertThat(answered.get(20, TimeUnit.SECONDS)).contains("Chunk");
        socket.abort();
    }

    @Test
    @Order(1)
    void a_device_connects_by_mqtt_over_tls() throws Exception {
        assertThat(Trusting.connects(authority(), data)).isTrue();
        assertThat(Trusting.connects(
                        TestFiles.in(folder.resolve("strange"), "localhost").authority(), data))
                .isFalse();
    }

    @Test
    @Order(1)
    void the_tools_on_this_machine_know_the_certificate() throws Exception {
        var status = hearth.run("", "status");

        assertThat(status.code()).as(status.output()).isZero();
        assertThat(status.output()).contains("certificate").endsWith("ready " + publicUrl() + "\n");
    }

    @Test
    @Order(2)
    void a_given_certificate_is_replaced_while_streams_go_on() throws Exception {
        hearth.run("", "down");
        up.awaitEnd();
        var files = TestFiles.in(folder.resolve("given"), "localhost", "hearth.test");
        up = hearth.up(
                        "--tls-cert",
                        files.certificate().toString(),
                        "--tls-key",
                        files.key().toString(),
                        "--public-url",
                        publicUrl())
                .awaitReady();
        token = token();
        var client = Trusting.client(files.authority());
        var store = "/api/v1/stores/" + openStore(client);
        append(client, store);
        try (var stream = client.send(request("https", store + "/live").build(), BodyHandlers.ofLines())
                .body()) {
            var lines = stream.filter(line -> line.startsWith("id: ")).iterator();
            assertThat(lines.next()).isEqualTo("id: 1");
            var next = files.next();

            files.writeCertificate(next);
            files.writeKey(next);

            awaitShown(files, next.leaf());
            append(client, store);
            assertThat(lines.next()).isEqualTo("id: 2");
        }
        assertThat(Trusting.connects(files.authority(), data)).isTrue();
        assertThat(hearth.run("", "status").code()).isZero();
    }

    @Test
    @Order(1)
    void by_its_trace_an_event_is_found_in_the_log() throws Exception {
        new TraceScenario("https://localhost:" + hearth.port, Trusting.client(authority()), data, token)
                .play(Map.of(
                        "hearth",
                        Set.of(
                                "answered: by=native-face",
                                "appended: by=event-store",
                                "published: by=relay",
                                "folded: by=usage")));
    }

    @Test
    @Order(1)
    void nothing_secret_of_a_request_is_in_a_log() throws Exception {
        var scenario =
                new CanaryScenario("https://localhost:" + hearth.port, Trusting.client(authority()), data, token);

        scenario.play();
        scenario.traced();
        scenario.json();
    }

    @Test
    @Order(1)
    void what_cannot_be_served_is_refused_in_one_line_before_anything_starts() throws Exception {
        var files = TestFiles.in(folder.resolve("refused"), "hearth.example");
        var other = new HearthProgram(folder.resolve("nothing"));

        var outcome = other.run(
                "",
                "up",
                "--tls-cert",
                files.certificate().toString(),
                "--tls-key",
                files.key().toString(),
                "--port",
                Integer.toString(other.port));

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.output()).contains("not for localhost").hasLineCount(1);
        assertThat(folder.resolve("nothing")).doesNotExist();
    }

    private static String publicUrl() {
        return "https://hearth.test:" + hearth.port;
    }

    private static Path authority() {
        return data.tls().resolve("ca.crt");
    }

    private static String token() throws Exception {
        var outcome = hearth.run(PASSWORD, "user", "token", EMAIL, "--password-stdin");
        assertThat(outcome.code()).as(outcome.output()).isZero();
        return outcome.output().strip();
    }

    private static void awaitShown(TestFiles files, X509Certificate expected) throws Exception {
        long latest = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        X509Certificate shown = null;
        while (!expected.equals(shown)) {
            assertThat(System.nanoTime()).as("the renewed one is not shown").isLessThan(latest);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            try (var socket = (SSLSocket)
                    Trusting.context(files.authority()).getSocketFactory().createSocket("localhost", hearth.port)) {
                socket.startHandshake();
                shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            }
        }
    }

    private static String openStore(HttpClient client) throws Exception {
        var opened = send(
                client,
                request("https", "/api/v1/stores")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"name\":\"noted\"}")));
        assertThat(opened.statusCode()).as(opened.body()).isBetween(200, 201);
        return new JsonObject(opened.body()).getString("id");
    }

    private static void append(HttpClient client, String store) throws Exception {
        var appended = send(
                client,
                request("https", store + "/events")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"events\":[{\"type\":\"noted\",\"data\":1}]}")));
        assertThat(appended.statusCode()).as(appended.body()).isEqualTo(200);
    }

    private static HttpResponse<String> get(HttpClient client, String path) throws Exception {
        return send(client, request("https", path));
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private static HttpRequest.Builder request(String scheme, String path) {
        return HttpRequest.newBuilder(URI.create(scheme + "://localhost:" + hearth.port + path))
                .header("Authorization", "Bearer " + token)
                .timeout(Duration.ofSeconds(30));
    }

    private static int run(String... command) throws Exception {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException missing) {
            return -1;
        }
    }
}
