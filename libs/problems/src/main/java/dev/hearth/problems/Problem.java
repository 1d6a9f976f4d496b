package dev.hearth.problems;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.hearth.contracts.ProblemType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// One refusal as it goes out: `detail` is for people, `extensions` are members for programs.
@JsonPropertyOrder({"type", "status", "title", "detail"})
@Schema(description = "A refusal (RFC 9457). Clients branch on `type`; some types carry further members.")
public record Problem(
        @JsonIgnore @Schema(hidden = true) ProblemType problemType,
        String detail,
        @JsonIgnore @Schema(hidden = true) Map<String, Object> extensions) {
    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        extensions = Map.copyOf(extensions);
    }

    public Problem(ProblemType type, String detail) {
        this(type, detail, Map.of());
    }

    @Schema(examples = "/problems/store-not-found")
    public String getType() {
        return problemType.type();
    }

    public int getStatus() {
        return Statuses.of(problemType);
    }

    public String getTitle() {
        return problemType.title();
    }

    @JsonAnyGetter
    Map<String, Object> members() {
        return extensions;
    }
}
