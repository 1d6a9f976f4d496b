package dev.hearth.projection.usage;

import dev.hearth.caller.CurrentCaller;
import dev.hearth.caller.TakesApiTokens;
import dev.hearth.contracts.ProblemType;
import dev.hearth.contracts.StoreId;
import dev.hearth.problems.ProblemException;
import dev.hearth.projection.ProjectionConfig;
import dev.hearth.projection.query.Freshness;
import dev.hearth.projection.query.MinSequence;
import dev.hearth.projection.usage.UsagePage.StoreUsage;
import dev.hearth.projection.usage.UsageQuery.Found;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// How much the caller's stores hold.
@Path("/api/v1/usage")
@Authenticated
@TakesApiTokens
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "usage", description = "How much a caller's stores hold")
public class UsageResource {
    private final UsageQuery query;
    private final Freshness freshness;
    private final CurrentCaller caller;
    private final ProjectionConfig.Query config;

    UsageResource(UsageQuery query, Freshness freshness, CurrentCaller caller, ProjectionConfig config) {
        this.query = query;
        this.freshness = freshness;
        this.caller = caller;
        this.config = config.query();
    }

    @GET
    @Operation(operationId = "readUsage", summary = "Events, bytes and last activity of the caller's stores")
    public Uni<UsagePage> read(
            @Parameter(
                            description = "The store's id after which the page begins",
                            schema = @Schema(type = SchemaType.STRING, format = "uuid"))
                    @QueryParam("after")
                    @Nullable
                    String after,
            @Parameter(description = "1 to 100", schema = @Schema(type = SchemaType.INTEGER))
                    @QueryParam("limit")
                    @Nullable
                    String limit,
            @Parameter(
                            description = "Answer only when these stores are counted up to there: store=sequence or"
                                    + " store=generation-sequence, several with commas",
                            schema = @Schema(type = SchemaType.STRING))
                    @HeaderParam(MinSequence.HEADER)
                    @Nullable
                    String minSequence) {
        var reader = caller.get();
        var from = Optional.ofNullable(after).map(UsageResource::cursor);
        int size = Optional.ofNullable(limit).map(this::size).orElse(config.maxStoresPerPage());
        return freshness
                .reached(UsageView.NAME, reader, minSequence)
                // One more than asked for tells whether there is one.
                .flatMap(_ -> query.page(reader, from, size + 1))
                .map(found -> page(found.orElseThrow(UsageResource::notBuiltYet), size));
    }

    private static UsagePage page(Found found, int size) {
        var stores = found.usages().stream().limit(size).map(StoreUsage::of).toList();
        Optional<UUID> next =
                found.usages().size() > size ? Optional.of(stores.getLast().store()) : Optional.empty();
        return new UsagePage(found.total(), stores, next);
    }

    private static ProblemException notBuiltYet() {
        return new ProblemException(ProblemType.UNAVAILABLE, "This view is being built for the first time.");
    }

    private static StoreId cursor(String after) {
        try {
            return StoreId.parse(after);
        } catch (IllegalArgumentException noId) {
            throw new ProblemException(ProblemType.INVALID_CURSOR, "\"after\" is a store's id.");
        }
    }

    private int size(String limit) {
        int most = config.maxStoresPerPage();
        if (limit.matches("[0-9]{1,9}")) {
            int size = Integer.parseInt(limit);
            if (size >= 1 && size <= most) {
                return size;
            }
        }
        throw new ProblemException(ProblemType.INVALID_REQUEST, "\"limit\" is a whole number from 1 to " + most + ".");
    }
}
