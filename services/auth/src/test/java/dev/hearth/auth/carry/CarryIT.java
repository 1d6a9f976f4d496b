package dev.hearth.auth.carry;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.auth.identity.OnVertx;
import dev.hearth.auth.identity.RealIdentities;
import dev.hearth.caller.OpenStreams;
import dev.hearth.contracts.Alias;
import dev.hearth.contracts.Caller;
import dev.hearth.contracts.EventId;
import dev.hearth.contracts.Principal;
import dev.hearth.contracts.ProblemType;
import dev.hearth.contracts.Rights;
import dev.hearth.contracts.StreamId;
import dev.hearth.eventlog.Append;
import dev.hearth.eventlog.AppendResult;
import dev.hearth.eventlog.Event;
import dev.hearth.eventlog.Expectation;
import dev.hearth.eventlog.NewEvent;
import dev.hearth.eventlog.NewStore;
import dev.hearth.eventlog.OpenResult;
import dev.hearth.eventlog.Origin;
import dev.hearth.eventlog.Payload;
import dev.hearth.eventlog.Read;
import dev.hearth.eventlog.ReadResult;
import dev.hearth.eventlog.Store;
import dev.hearth.eventlog.StoreName;
import dev.hearth.problems.Statuses;
import dev.hearth.testkit.InMemoryEventLog;
import dev.hearth.testkit.TestServers;
import dev.hearth.testkit.TestTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Out of one account, and into another.
@QuarkusTest
@TestProfile(CarryIT.SmallLimits.class)
@WithTestResource(TestServers.class)
class CarryIT {
    private static final String EXPORT = "/api/v1/account/export";
    private static final String IMPORT = "/api/v1/account/import";
    private static final int MAX_BYTES = 2 * 1024 * 1024;
    private static final int EVENTS = 120;

    public static final class SmallLimits implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.http.limits.max-body-size",
                    "1M",
                    "auth.carry.page-events",
                    "50",
                    "auth.carry.max-bytes",
                    Integer.toString(MAX_BYTES),
                    "auth.carry.max-unpacked-bytes",
                    Integer.toString(16 * 1024 * 1024),
                    "auth.carry.max-files",
                    "20");
        }
    }

    @Inject
    RealIdentities identities;

    @Inject
    InMemoryEventLog log;

    @Inject
    OpenStreams streams;

    @TestHTTPResource
    URI url;

    private UUID ada = new UUID(0, 0);
    private UUID ben = new UUID(0, 0);
    private Store todo;
    private Store board;

    @BeforeEach
    void ada_has_two_stores_of_different_kinds() {
        ada = identities.someone();
        ben = identities.someone();
        todo = open(ada, "native", "todo", false);
        append(
                ada,
                todo,
                IntStream.range(0, EVENTS)
                        .mapToObj(i -> event("event-" + i, "stream-" + i % 3, json(i), Optional.empty()))
                        .toList());
        board = open(ada, "livestore", "board", true);
        append(
                ada,
                board,
                IntStream.range(1, 5)
                        .mapToObj(i -> event(i + ".x", "events", binary(i), Optional.of(new Alias(i * 2L))))
                        .toList());
    }

    @Test
    void an_archive_holds_everything_and_tells_what() throws IOException {
        var household = identities.household(ada);
        var shared = shared(household);
        named(ada, shared);
        identities.issue(ada, Rights.ALL, Duration.ofHours(1));
        identities.signIn(ada);

        var answer = export(ada);

        answer.then().statusCode(200).contentType("application/zip").header("Cache-Control", "no-store");
        var files = Zips.files(answer.asByteArray());
        var manifest = json(files, "manifest.json");
        assertThat(manifest.get("format").asText()).isEqualTo("hearth-account");
        assertThat(manifest.get("version").asInt()).isEqualTo(1);
        assertThat(manifest.get("account").asText()).isEqualTo(ada.toString());
        assertThat(manifest.at("/counts/stores").asInt()).isEqualTo(2);
        assertThat(manifest.at("/counts/events").asInt()).isEqualTo(EVENTS + 4);
        assertThat(manifest.get("files")).hasSize(files.size() - 1);
        for (var file : manifest.get("files")) {
            var content = files.get(file.get("path").asText());
            assertThat(content).hasSize(file.get("bytes").asInt());
            assertThat(HexFormat.of().formatHex(Digests.sha256().digest(content)))
                    .isEqualTo(file.get("sha256").asText());
        }
        assertThat(json(files, "profile.json").get("id").asText()).isEqualTo(ada.toString());
        assertThat(json(files, "tokens.json").at("/0/name").asText()).isEqualTo("a test's");
        assertThat(json(files, "sessions.json").at("/0/device").asText()).isEqualTo("a test");
        assertThat(json(files, "aliases.json").at("/0/name").asText()).isEqualTo("groceries");
        assertThat(json(files, "households.json").at("/0/stores/0/name").asText())
                .isEqualTo("shared");
        assertThat(files).doesNotContainKey(Archive.eventsOf(shared.id().value()));
        assertThat(Zips.text(answer.asByteArray())).doesNotContain("secret of the household");
    }

    @Test
    void what_comes_in_elsewhere_is_the_same_and_comes_in_once() {
        var archive = export(ada).asByteArray();

        var first = take(ben, archive);
        var again = take(ben, archive);

        first.then()
                .statusCode(200)
                .body("stores.name", equalTo(List.of("board", "todo")))
                .body("stores.created", equalTo(List.of(true, true)))
                .body("stores.events", equalTo(List.of(4, EVENTS)))
                .body("leftOut.file", hasItem("tokens.json"));
        again.then()
                .statusCode(200)
                .body("stores.created", equalTo(List.of(false, false)))
                .body("stores.events", equalTo(List.of(0, 0)))
                .body("stores.known", equalTo(List.of(4, EVENTS)))
                .body("stores.differing", equalTo(List.of(0, 0)));
        for (var store : List.of(todo, board)) {
            var here = find(ben, store.name()).orElseThrow();
            assertThat(here.isPrivate()).isEqualTo(store.isPrivate());
            assertThat(all(ben, here))
                    .usingRecursiveComparison()
                    .ignoringFields("store", "actor", "recordedAt", "trace")
                    .isEqualTo(all(ada, store));
            assertThat(all(ben, here))
                    .allSatisfy(event -> assertThat(event.actor()).isEqualTo("user:" + ben));
        }
    }

    @Test
    void what_broke_off_goes_on() {
        var archive = export(ada).asByteArray();
        var begun = open(ben, "native", "todo", false);
        append(
                ben,
                begun,
                all(ada, todo).subList(0, 70).stream().map(CarryIT::again).toList());

        take(ben, archive)
                .then()
                .body("stores.find { it.name == 'todo' }.events", equalTo(EVENTS - 70))
                .body("stores.find { it.name == 'todo' }.known", equalTo(70));
        assertThat(all(ben, begun))
                .extracting(Event::id)
                .isEqualTo(all(ada, todo).stream().map(Event::id).toList());
    }

    @Test
    void what_is_there_otherwise_stays_and_is_told() {
        var archive = export(ada).asByteArray();
        append(ben, open(ben, "native", "todo", false), List.of(event("event-0", "s", "1", Optional.empty())));
        append(
                ben,
                open(ben, "livestore", "board", true),
                List.of(event("mine", "events", "1", Optional.of(new Alias(100)))));

        take(ben, archive)
                .then()
                .body("stores.find { it.name == 'todo' }.differing", equalTo(1))
                .body("stores.find { it.name == 'todo' }.events", equalTo(EVENTS - 1))
                .body("stores.find { it.name == 'board' }.leftOut", equalTo("other-events"));
    }

    @Test
    void nothing_of_ones_own_comes_into_a_households_store() {
        var household = identities.household(ben);
        var shared = shared(household);
        var self = Principal.user(ben);
        var member = new Caller(self, Set.of(self, Principal.household(household)), Rights.ALL);
        OnVertx.await(() -> log.name(member, todo.name(), shared.id()));
        open(ben, "livestore", "board", false);

        take(ben, export(ada).asByteArray())
                .then()
                .body("stores.find { it.name == 'todo' }.events", equalTo(0))
                .body("stores.find { it.name == 'board' }.leftOut", equalTo("other-privacy"));
        assertThat(OnVertx.await(() -> log.find(member, shared.id()))
                        .orElseThrow()
                        .head()
                        .value())
                .isEqualTo(1);
    }

    enum Damage {
        NO_ZIP("no manifest", archive -> "not a zip at all".getBytes(StandardCharsets.UTF_8)),
        EMPTY("no manifest", archive -> new byte[0]),
        CUT("", archive -> java.util.Arrays.copyOf(archive, archive.length / 2)),
        NO_MANIFEST("no manifest", changed(files -> files.remove(Archive.MANIFEST))),
        ANOTHER_VERSION(
                "version 1",
                changed(files -> files.compute(
                        Archive.MANIFEST,
                        (_, content) -> bytes(Zips.text(content).replace("\"version\" : 1", "\"version\" : 2"))))),
        ANOTHER_EVENT(
                "not the one that was exported",
                changed(files -> events(files, text -> text.replace("\"n\\\":7", "\"n\\\":8")))),
        EVENT_LEFT_OUT(
                "Line 1 is not the event",
                forged(files -> events(files, text -> text.substring(text.indexOf('\n') + 1)))),
        NO_JSON(
                "Line 8 is no event",
                forged(files -> events(files, text -> text.replace("{\\\"n\\\":7}", "{\\\"n\\\":7")))),
        TWO_VALUES(
                "Line 8 is no event", forged(files -> events(files, text -> text.replace("{\\\"n\\\":7}", "{},{}")))),
        NO_EVENT("Line 1 is no event", forged(files -> events(files, text -> text.replaceFirst("\\{", "[")))),
        HALF_A_CHARACTER(
                "is no event", forged(files -> events(files, text -> text.replaceFirst("stream-0", "\\\\ud800")))),
        A_PATH("file of this name", forged(files -> files.put("../evil.json", new byte[1]))),
        SOMETHING_MORE("does not tell of this file", changed(files -> files.put("more.json", bytes("{}")))),
        TOO_MANY_FILES(
                "more than 20 files",
                forged(files -> IntStream.range(0, 30)
                        .forEach(i -> files.put("stores/" + new UUID(0, i) + ".jsonl", new byte[0])))),
        A_BOMB("times as large", forged(files -> files.put("more.json", new byte[12 * 1024 * 1024]))),
        NO_STORES("A store is not told of", forged(files -> files.put(Archive.STORES, bytes("[null]")))),
        STORES_OF_NULLS("A store is not told of", forged(files -> files.put(Archive.STORES, bytes("[{\"head\":1}]"))));

        private final String why;
        private final UnaryOperator<byte[]> work;

        Damage(String why, UnaryOperator<byte[]> work) {
            this.why = why;
            this.work = work;
        }

        private static UnaryOperator<byte[]> changed(java.util.function.Consumer<Map<String, byte[]>> change) {
            return archive -> {
                var files = new LinkedHashMap<>(Zips.files(archive));
                change.accept(files);
                return Zips.archive(files);
            };
        }

        /// With hashes that fit again.
        private static UnaryOperator<byte[]> forged(java.util.function.Consumer<Map<String, byte[]>> change) {
            return archive -> {
                var files = new LinkedHashMap<>(Zips.files(archive));
                change.accept(files);
                return Zips.forged(files);
            };
        }

        /// Changes the events of the store that has readable ones.
        private static void events(Map<String, byte[]> files, UnaryOperator<String> change) {
            var file = files.entrySet().stream()
                    .filter(entry -> Zips.text(entry.getValue()).contains("\"event-7\""))
                    .findFirst()
                    .orElseThrow();
            var before = Zips.text(file.getValue());
            var after = change.apply(before);
            assertThat(after).isNotEqualTo(before);
            file.setValue(bytes(after));
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_bad_archive_is_refused_as_a_whole(Damage damage) {
        var bad = damage.work.apply(export(ada).asByteArray());

        refused(take(ben, bad), ProblemType.ARCHIVE_REFUSED).body("detail", containsString(damage.why));

        assertThat(OnVertx.await(() -> log.list(Caller.of(Principal.user(ben)), Optional.empty(), 10)))
                .isEmpty();
    }

    @Test
    void an_archive_may_be_larger_than_what_else_comes() {
        var bytes = new byte[1_300_000];
        ThreadLocalRandom.current().nextBytes(bytes);
        append(ada, todo, List.of(event("large", "s", new Payload(bytes), Optional.empty())));
        var archive = export(ada).asByteArray();
        assertThat(archive).hasSizeGreaterThan(1_200_000).hasSizeLessThan(MAX_BYTES);

        take(ben, archive).then().statusCode(200).body("stores.events", equalTo(List.of(4, EVENTS + 1)));
        refused(
                as(ben).contentType("application/json")
                        .body(new byte[1_200_000])
                        .post("/api/v1/tokens"),
                ProblemType.PAYLOAD_TOO_LARGE);
    }

    @Test
    void an_archive_is_not_larger_than_allowed() {
        var tooLarge = new byte[MAX_BYTES + 1];

        refused(take(ben, tooLarge), ProblemType.PAYLOAD_TOO_LARGE).body("allowed", equalTo(MAX_BYTES));
        refused(
                as(ben).header("Content-Type", "application/zip")
                        .body(new java.io.ByteArrayInputStream(tooLarge))
                        .post(IMPORT),
                ProblemType.PAYLOAD_TOO_LARGE);
        refused(take(ben, new byte[MAX_BYTES]), ProblemType.ARCHIVE_REFUSED);
    }

    @Test
    void it_takes_a_fresh_password_and_no_program_does_it() {
        var cookie = identities.signIn(ada).value();
        var token = identities.issue(ada, Rights.ALL, Duration.ofHours(1)).value();

        refused(given().cookie("hearth_session", cookie).get(EXPORT), ProblemType.STEP_UP_NEEDED);
        refused(given().header("Authorization", "Bearer " + token).get(EXPORT), ProblemType.INSUFFICIENT_SCOPE);
        refused(sent(given().cookie("hearth_session", cookie), new byte[1]), ProblemType.STEP_UP_NEEDED);
        refused(sent(given().header("Authorization", "Bearer " + token), new byte[1]), ProblemType.INSUFFICIENT_SCOPE);
        refused(given().get(EXPORT), ProblemType.NOT_AUTHENTICATED);
        refused(sent(given(), new byte[1]), ProblemType.NOT_AUTHENTICATED);
        refused(as(ada).contentType("application/json").body("{}").post(IMPORT), ProblemType.UNSUPPORTED_MEDIA_TYPE);
    }

    /// Larger than what lies on the way, in either end's buffers.
    @Test
    void an_export_ends_when_its_caller_may_not_come_in_any_more() throws Exception {
        var large = open(ada, "native", "large", false);
        for (int i = 0; i < 32; i++) {
            var bytes = new byte[1024 * 1024];
            ThreadLocalRandom.current().nextBytes(bytes);
            append(ada, large, List.of(event("large-" + i, "s", new Payload(bytes), Optional.empty())));
        }
        var request = HttpRequest.newBuilder(url.resolve(EXPORT))
                .header("Authorization", "Bearer " + TestTokens.user(ada))
                .build();
        try (var http = HttpClient.newHttpClient();
                var archive = http.send(request, BodyHandlers.ofInputStream()).body()) {
            assertThat(archive.readNBytes(1_000)).hasSize(1_000);

            identities.disable(ada);
            var latest = Instant.now().plusSeconds(5);
            while (streams.count() > 0) {
                assertThat(Instant.now()).isBefore(latest);
            }

            assertThat(Zips.text(rest(archive))).doesNotContain(Archive.MANIFEST);
        }
    }

    private static byte[] rest(InputStream archive) {
        var read = new ByteArrayOutputStream();
        try {
            archive.transferTo(read);
        } catch (IOException cut) {
            // As it should be.
        }
        return read.toByteArray();
    }

    private static RequestSpecification as(UUID user) {
        return given().header("Authorization", "Bearer " + TestTokens.user(user));
    }

    private static Response export(UUID user) {
        return as(user).get(EXPORT);
    }

    private static Response take(UUID user, byte[] archive) {
        return sent(as(user), archive);
    }

    private static Response sent(RequestSpecification request, byte[] archive) {
        return request.header("Content-Type", "application/zip").body(archive).post(IMPORT);
    }

    private static io.restassured.response.ValidatableResponse refused(Response response, ProblemType type) {
        return response.then()
                .statusCode(Statuses.of(type))
                .contentType("application/problem+json")
                .body("type", equalTo(type.type()));
    }

    private Store open(UUID user, String face, String name, boolean isPrivate) {
        var self = Principal.user(user);
        var wanted = new NewStore(self, new StoreName(face, name), "app", isPrivate);
        return ((OpenResult.Opened) OnVertx.await(() -> log.open(Caller.of(self), wanted))).store();
    }

    private Store shared(UUID household) {
        var owner = Principal.household(household);
        var self = Principal.user(ada);
        var member = new Caller(self, Set.of(self, owner), Rights.ALL);
        var wanted = new NewStore(owner, new StoreName("native", "shared"), "app", false);
        var store = ((OpenResult.Opened) OnVertx.await(() -> log.open(member, wanted))).store();
        var append = new Append(
                store.id(),
                Expectation.any(),
                List.of(event("x", "s", "\"secret of the household\"", Optional.empty())));
        OnVertx.await(() -> log.append(member, append));
        return store;
    }

    private void named(UUID user, Store shared) {
        var self = Principal.user(user);
        var member = new Caller(self, Set.of(self, shared.owner()), Rights.ALL);
        OnVertx.await(() -> log.name(member, new StoreName("native", "groceries"), shared.id()));
    }

    private Optional<Store> find(UUID user, StoreName name) {
        return OnVertx.await(() -> log.find(Caller.of(Principal.user(user)), name));
    }

    private void append(UUID user, Store store, List<NewEvent> events) {
        var append = new Append(store.id(), Expectation.any(), events);
        assertThat(OnVertx.await(() -> log.append(Caller.of(Principal.user(user)), append)))
                .isInstanceOf(AppendResult.Appended.class);
    }

    private List<Event> all(UUID user, Store store) {
        var read = Read.after(store.id(), 0, 1_000);
        return ((ReadResult.Page) OnVertx.await(() -> log.read(Caller.of(Principal.user(user)), read))).events();
    }

    private static String json(int n) {
        return "{\"n\":" + n + "}";
    }

    private static Payload binary(int n) {
        return new Payload(new byte[] {(byte) 0xff, (byte) n, 0, (byte) 0xfe});
    }

    private static NewEvent event(String id, String stream, String json, Optional<Alias> alias) {
        return event(id, stream, Payload.utf8(json), "application/json", alias);
    }

    private static NewEvent event(String id, String stream, Payload payload, Optional<Alias> alias) {
        return event(id, stream, payload, "application/octet-stream", alias);
    }

    private static NewEvent event(String id, String stream, Payload payload, String type, Optional<Alias> alias) {
        return new NewEvent(
                new EventId(id),
                new StreamId(stream),
                "noted",
                payload,
                type,
                alias.isPresent(),
                alias,
                Origin.of("a phone", "a session"),
                Optional.of(Instant.parse("2026-01-02T03:04:05.678901Z")),
                Map.of("parent", "0"));
    }

    private static NewEvent again(Event event) {
        return new NewEvent(
                event.id(),
                event.stream(),
                event.type(),
                event.payload(),
                event.contentType(),
                event.isPrivate(),
                event.alias(),
                event.origin(),
                event.occurredAt(),
                event.attributes());
    }

    private static JsonNode json(Map<String, byte[]> files, String name) throws IOException {
        return Archive.JSON.readTree(files.get(name));
    }
}
