package dev.hearth.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/// A Node program that takes commands and answers them, one JSON object a line.
///
/// It ends when its input ends, so it cannot outlive this program, however this program ends.
final class NodeProcess implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LINES_KEPT = 30;

    private final String name;
    private final Process process;
    private final BufferedWriter input;
    private final CompletableFuture<JsonNode> ready = new CompletableFuture<>();
    private final Map<String, CompletableFuture<JsonNode>> open = new ConcurrentHashMap<>();
    private final AtomicLong refs = new AtomicLong();
    private final Deque<String> complaints = new ArrayDeque<>();

    private NodeProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.input = process.outputWriter();
        Thread.ofVirtual().name(name + "-answers").start(this::readAnswers);
        Thread.ofVirtual().name(name + "-complaints").start(this::readComplaints);
    }

    /// Starts the program; `ready` says when it is.
    static NodeProcess start(String name, List<String> command, Map<String, String> environment) {
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        try {
            return new NodeProcess(name, builder.start());
        } catch (IOException failure) {
            throw new DemoFailed("cannot start " + name, failure);
        }
    }

    void awaitReady(Duration limit) {
        await(ready, "start", limit);
    }

    /// Sends a command; the answer comes later.
    CompletableFuture<JsonNode> send(String command, Map<String, ?> arguments) {
        String ref = Long.toString(refs.incrementAndGet());
        ObjectNode line = JSON.valueToTree(arguments);
        line.put("do", command).put("ref", ref);
        var answer = new CompletableFuture<JsonNode>();
        open.put(ref, answer);
        try {
            synchronized (input) {
                input.write(line.toString());
                input.newLine();
                input.flush();
            }
        } catch (IOException ended) {
            answer.completeExceptionally(gone());
        }
        if (!process.isAlive()) {
            answer.completeExceptionally(gone());
        }
        return answer;
    }

    /// Sends a command and waits for its answer.
    JsonNode ask(String command, Map<String, ?> arguments, Duration limit) {
        return await(send(command, arguments), command, limit);
    }

    JsonNode await(CompletableFuture<JsonNode> answer, String command, Duration limit) {
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new DemoFailed(
                    name + " did not answer `" + command + "` within " + limit.toSeconds() + " s" + complaints());
        } catch (ExecutionException failure) {
            throw new DemoFailed(failure.getCause().getMessage() + " (" + command + ")" + complaints());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DemoFailed("interrupted");
        }
    }

    /// SIGKILL: it learns nothing of it.
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /// Lets the program end in good order; kills it if that takes long. LiveStore does not bear being killed while it
    /// rebases, so the wait is generous.
    @Override
    public void close() {
        try {
            input.close();
        } catch (IOException alreadyGone) {
            // Its input breaks when it has ended before.
        }
        try {
            process.onExit().get(40, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException hanging) {
            kill();
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void readAnswers() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                take(JSON.readTree(line));
            }
        } catch (IOException broken) {
            complain("its answers broke off: " + broken.getMessage());
        }
        ready.completeExceptionally(gone());
        open.values().forEach(answer -> answer.completeExceptionally(gone()));
    }

    private void take(JsonNode line) {
        if (line.path("event").asText().equals("ready")) {
            ready.complete(line);
            return;
        }
        var answer = open.remove(line.path("ref").asText());
        if (answer == null) {
            complain(line.toString());
        } else if (line.path("ok").asBoolean()) {
            answer.complete(line);
        } else {
            answer.completeExceptionally(
                    new DemoFailed(name + ": " + line.path("error").asText()));
        }
    }

    private void readComplaints() {
        try (InputStream errors = process.getErrorStream();
                var lines = new BufferedReader(
                        new java.io.InputStreamReader(errors, java.nio.charset.StandardCharsets.UTF_8))) {
            lines.lines().forEach(this::complain);
        } catch (IOException | java.io.UncheckedIOException ended) {
            // A killed process breaks its pipe.
        }
    }

    private void complain(String line) {
        synchronized (complaints) {
            complaints.add(line);
            if (complaints.size() > LINES_KEPT) {
                complaints.remove();
            }
        }
    }

    private String complaints() {
        synchronized (complaints) {
            return complaints.isEmpty() ? "" : "\n  " + name + " said:\n    " + String.join("\n    ", complaints);
        }
    }

    private DemoFailed gone() {
        return new DemoFailed(name + " is gone");
    }
}
