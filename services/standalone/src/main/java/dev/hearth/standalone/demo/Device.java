package dev.hearth.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A LiveStore client in a process of its own, and what it said it has written.
final class Device implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int POLL_MS = 400;

    private final String name;
    private final String store;
    private final Transport transport;
    private final LiveStoreApp app;
    private final Server server;
    private final Path data;
    private final ConcurrentLinkedQueue<String> attempted = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> written = new ConcurrentLinkedQueue<>();
    private Optional<NodeProcess> process = Optional.empty();
    private int batches;

    Device(String name, String store, Transport transport, LiveStoreApp app, Server server, Path data) {
        this.name = name;
        this.store = store;
        this.transport = transport;
        this.app = app;
        this.server = server;
        this.data = data;
    }

    String name() {
        return name;
    }

    /// Starts without waiting; `awaitReady` waits.
    void start(boolean offline) {
        List<String> command = new ArrayList<>(List.of("node", app.main().toString()));
        command.addAll(List.of("--url", server.origin() + "/faces/livestore", "--store", store, "--client", name));
        command.addAll(List.of("--data", data.toString(), "--transport", transport.option()));
        command.addAll(List.of("--poll", Integer.toString(POLL_MS)));
        if (offline) {
            command.add("--offline");
        }
        var environment = new HashMap<>(server.environment());
        environment.put("HEARTH_TOKEN", server.token());
        process = Optional.of(NodeProcess.start(name, command, environment));
    }

    void awaitReady() {
        process().awaitReady(PATIENCE);
    }

    void restart() {
        process().close();
        start(false);
        awaitReady();
    }

    void kill() {
        process().kill();
    }

    void offline() {
        ask("offline", Map.of());
    }

    /// What this device sends arrives, what it is answered is lost.
    void mute() {
        ask("offline", Map.of("how", "mute"));
    }

    void online() {
        ask("online", Map.of());
    }

    /// What others wrote arrives and waits, until `release`.
    void hold() {
        ask("hold", Map.of());
    }

    void release() {
        ask("release", Map.of());
    }

    /// An id that no todo has yet.
    String nextId() {
        return name + "-" + ++batches;
    }

    /// Writes one todo; returns when it is on the device's disk.
    void addOne(String id) {
        attempted.add(key(id));
        ask("add", Map.of("id", id, "text", name));
        written.add(key(id));
    }

    /// Writes many todos; returns when they are on the device's disk.
    void add(int count) {
        String prefix = nextId() + "-";
        List<String> keys = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            keys.add(key(prefix + "%06d".formatted(i)));
        }
        attempted.addAll(keys);
        ask("addMany", Map.of("prefix", prefix, "count", count, "text", name));
        written.addAll(keys);
    }

    /// Renames a todo that others may rename too.
    void rename(String id, String text) {
        String key = "v1.TodoRenamed " + id + " " + text;
        attempted.add(key);
        ask("rename", Map.of("id", id, "text", text));
        written.add(key);
    }

    CompletableFuture<JsonNode> expect(String id) {
        return process().send("waitRow", Map.of("id", id, "timeoutMs", PATIENCE.toMillis()));
    }

    void await(CompletableFuture<JsonNode> answer) {
        process().await(answer, "waitRow", PATIENCE);
    }

    /// Returns when the server has confirmed everything.
    void awaitSynced() {
        ask("waitSynced", Map.of("timeoutMs", PATIENCE.toMillis()));
    }

    /// Returns when this event of the server is here, and everything is confirmed.
    void awaitHead(long head) {
        ask("waitHead", Map.of("head", head, "timeoutMs", PATIENCE.toMillis()));
    }

    long upstreamHead() {
        return status().path("upstreamHead").asLong();
    }

    int unpushed() {
        return status().path("unpushed").asInt();
    }

    /// How many pushes were refused because the other device was faster.
    int serverAhead() {
        return status().path("serverAhead").asInt();
    }

    private JsonNode status() {
        return ask("syncStatus", Map.of());
    }

    String rowsDigest() {
        return ask("state", Map.of()).path("digest").asText();
    }

    History history() {
        return History.ofDevice(ask("history", Map.of()));
    }

    /// What it said is on its disk.
    List<String> written() {
        return List.copyOf(written);
    }

    /// What it was told to write, whether it came to say so or not.
    List<String> attempted() {
        return List.copyOf(attempted);
    }

    private String key(String id) {
        return "v1.TodoCreated " + id + " " + name;
    }

    private JsonNode ask(String command, Map<String, ?> arguments) {
        return process().ask(command, arguments, PATIENCE.plusSeconds(10));
    }

    private NodeProcess process() {
        return process.orElseThrow(() -> new IllegalStateException(name + " was not started"));
    }

    @Override
    public void close() {
        process.ifPresent(NodeProcess::close);
    }
}
