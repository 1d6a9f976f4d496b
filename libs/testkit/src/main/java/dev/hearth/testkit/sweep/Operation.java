package dev.hearth.testkit.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/// One operation of an API page. `key` is `GET /api/v1/stores/{store}`.
public record Operation(Api api, String method, String path, JsonNode node, List<Parameter> parameters) {
    /// Of a request: `in` is `path`, `query` or `header`.
    public record Parameter(String name, String in, boolean required, JsonNode schema) {}

    public String key() {
        return method + " " + path;
    }

    /// The schema of the JSON body that it takes, if it takes one.
    public Optional<JsonNode> bodySchema() {
        return Optional.of(node.at("/requestBody/content/application~1json/schema"))
                .filter(schema -> !schema.isMissingNode());
    }

    public List<Parameter> in(String place) {
        return parameters.stream()
                .filter(parameter -> parameter.in().equals(place))
                .toList();
    }

    @Override
    public String toString() {
        return key();
    }
}
