package dev.hearth.testkit.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// An API page, and whether an answer is what it says. An answer may have no member that the page does not name: the
/// page's objects are taken as closed.
public final class Api {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");

    private final JsonNode page;
    private final ObjectNode closedComponents;
    private final Map<String, JsonSchema> schemas = new ConcurrentHashMap<>();

    private Api(JsonNode page) {
        this.page = page;
        this.closedComponents = page.path("components").deepCopy();
        close(closedComponents);
    }

    public static Api read(Path file) {
        try {
            return new Api(YAML.readTree(Files.readString(file)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public static Api parse(String text) {
        try {
            return new Api(YAML.readTree(text));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// By their keys.
    public Map<String, Operation> operations() {
        var operations = new TreeMap<String, Operation>();
        page.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(entry -> METHODS.contains(entry.getKey()))
                        .map(entry -> operation(entry.getKey(), path.getKey(), path.getValue(), entry.getValue()))
                        .forEach(operation -> operations.put(operation.key(), operation)));
        return operations;
    }

    private Operation operation(String method, String path, JsonNode item, JsonNode node) {
        List<Operation.Parameter> parameters = new ArrayList<>();
        for (JsonNode from : List.of(item.path("parameters"), node.path("parameters"))) {
            from.forEach(parameter -> parameters.add(new Operation.Parameter(
                    parameter.path("name").asText(),
                    parameter.path("in").asText(),
                    parameter.path("required").asBoolean(),
                    parameter.path("schema"))));
        }
        return new Operation(this, method.toUpperCase(Locale.ROOT), path, node, parameters);
    }

    /// What `schema` refers to, or itself.
    public JsonNode resolved(JsonNode schema) {
        var reference = schema.path("$ref").asText("");
        return reference.isEmpty() ? schema : resolved(page.at(reference.substring(1)));
    }

    /// What is wrong with an answer to this operation, by the page; empty when nothing is.
    public List<String> faults(Operation operation, Answer answer) {
        var response = operation.node().path("responses").path(Integer.toString(answer.status()));
        if (response.isMissingNode()) {
            return List.of("the page does not say that it answers " + answer.status());
        }
        var content = response.path("content");
        if (answer.bytes().length == 0) {
            return content.isEmpty() ? List.of() : List.of("the answer has no body, and the page says it has");
        }
        var schema = content.path(answer.mediaType()).path("schema");
        if (schema.isMissingNode()) {
            return List.of("the page does not say that " + answer.status() + " is " + answer.mediaType());
        }
        if (!answer.mediaType().endsWith("json")) {
            return List.of();
        }
        try {
            return compiled(schema).validate(answer.body(), InputFormat.JSON).stream()
                    .map(message -> message.getMessage())
                    .toList();
        } catch (IllegalArgumentException broken) {
            return List.of("the answer is no JSON");
        }
    }

    private JsonSchema compiled(JsonNode schema) {
        return schemas.computeIfAbsent(schema.toString(), _ -> {
            var root = JSON.createObjectNode();
            var own = schema.deepCopy();
            close(own);
            root.set("allOf", JSON.createArrayNode().add(own));
            root.set("components", closedComponents);
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(root);
        });
    }

    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object) {
            if (object.path("properties").isObject() && !object.has("additionalProperties")) {
                object.put("additionalProperties", false);
            }
            object.properties().forEach(entry -> close(entry.getValue()));
        } else if (node instanceof ArrayNode array) {
            array.forEach(Api::close);
        }
    }

    /// The media types that an operation says its refusals have, by status.
    public Map<String, String> statuses(Operation operation) {
        return operation.node().path("responses").properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> Optional.of(entry.getValue().path("content"))
                                .filter(content -> !content.isEmpty())
                                .map(content -> content.fieldNames().next())
                                .orElse("")));
    }
}
