package dev.hearth.auth.explain;

import dev.hearth.contracts.ProblemType;
import dev.hearth.problems.ProblemException;
import dev.hearth.problems.Statuses;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The catalogue of problem types, at the addresses that problems name.
@Path("/problems")
@Tag(name = "problems")
public class ProblemsResource {

    public record Explained(String type, int status, String title) {
        static Explained of(ProblemType type) {
            return new Explained(type.type(), Statuses.of(type), type.title());
        }
    }

    @GET
    @Operation(operationId = "listProblems", summary = "Every problem type")
    public List<Explained> all() {
        return Arrays.stream(ProblemType.values()).map(Explained::of).toList();
    }

    @GET
    @Path("/{slug}")
    @Operation(operationId = "explainProblem", summary = "One problem type")
    public Explained one(@PathParam("slug") String slug) {
        return Arrays.stream(ProblemType.values())
                .filter(type -> type.slug().equals(slug))
                .findFirst()
                .map(Explained::of)
                .orElseThrow(
                        () -> new ProblemException(ProblemType.NOT_FOUND, "The catalogue has no such problem type."));
    }
}
