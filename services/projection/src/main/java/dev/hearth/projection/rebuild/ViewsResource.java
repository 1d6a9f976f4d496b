package dev.hearth.projection.rebuild;

import dev.hearth.contracts.ProblemType;
import dev.hearth.problems.ProblemException;
import dev.hearth.projection.fold.StoreFacts;
import dev.hearth.projection.view.BuildStatus;
import dev.hearth.projection.view.PostgresParked.Count;
import dev.hearth.projection.view.Projection;
import dev.hearth.projection.view.Projections;
import dev.hearth.projection.view.Unstorable;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// What an operator can see and do about views.
@Path("/api/v1/admin/views")
@RolesAllowed("admin")
@Produces(MediaType.APPLICATION_JSON)
@Tag(
        name = "views",
        description = "For administrators: how views are, building them anew, folding again what was parked")
public class ViewsResource {
    private static final int MAX_PARKED_EVENTS = 500;
    private static final Pattern TRACE = Pattern.compile("[0-9a-f]{32}");

    private final Projections projections;
    private final Watches watches;

    ViewsResource(Projections projections, Watches watches) {
        this.projections = projections;
        this.watches = watches;
    }

    public record Views(List<ViewStatus> views) {}

    public record ParkedEvents(List<ParkedEvent> events) {}

    /// What a redrive has left, and in how many stores it looked.
    public record Redriven(long stores, long parked) {}

    @GET
    @Operation(operationId = "listViews", summary = "All views, what answers and what is being built")
    public Uni<Views> list() {
        return Multi.createFrom()
                .iterable(projections.all())
                .onItem()
                .transformToUniAndConcatenate(ViewsResource::status)
                .collect()
                .asList()
                .map(Views::new);
    }

    @GET
    @Path("/{view}/parked")
    @Operation(
            operationId = "listParked",
            summary = "Events left out of a view",
            description = "The latest " + MAX_PARKED_EVENTS + " of all, or of those that came with one request.")
    public Uni<ParkedEvents> parked(
            @PathParam("view") String view,
            @Parameter(description = "The `Trace-Id` that the request was answered with") @QueryParam("trace") @Nullable
                    String trace) {
        return find(view)
                .parked()
                .latest(Optional.ofNullable(trace).map(ViewsResource::trace), MAX_PARKED_EVENTS)
                .map(told -> new ParkedEvents(told.stream().map(ParkedEvent::of).toList()));
    }

    private static String trace(String text) {
        if (!TRACE.matcher(text).matches()) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, "\"trace\" is the `Trace-Id` of an answer.");
        }
        return text;
    }

    @POST
    @Path("/{view}/rebuild")
    @Operation(operationId = "rebuildView", summary = "Build a view anew; the old one answers until it is done")
    @APIResponse(responseCode = "200", description = "It is being built: by this request, or since an earlier one")
    public Uni<ViewStatus> rebuild(@PathParam("view") String view) {
        var projection = find(view);
        return projection
                .builds()
                .begin(projection.view().version(), true)
                .invoke(() -> watches.wake(projection.view().name()))
                .flatMap(_ -> status(projection));
    }

    @POST
    @Path("/{view}/redrive")
    @Operation(operationId = "redriveView", summary = "Fold again what was parked, from the log")
    public Uni<Redriven> redrive(@PathParam("view") String view) {
        return redrive(find(view));
    }

    private <R> Uni<Redriven> redrive(Projection<R> projection) {
        return projection
                .parked()
                .counts(Watch.MAX_PARKED_STORES)
                .flatMap(counts -> projections
                        .directory()
                        .find(counts.stream().map(Count::store).toList())
                        .flatMap(stores -> Multi.createFrom()
                                .iterable(stores.values())
                                .onItem()
                                .transformToUniAndConcatenate(store -> redrive(projection, store))
                                .collect()
                                .asList()))
                .map(left -> new Redriven(
                        left.size(), left.stream().mapToLong(Integer::longValue).sum()));
    }

    private static <R> Uni<Integer> redrive(Projection<R> projection, StoreFacts store) {
        return projection
                .projector()
                .catchUp(store, true, _ -> false)
                .flatMap(_ -> projection.refold().redrive(store))
                // Folded, but refused by the database: it stays as it was.
                .onFailure(Unstorable.class)
                .recoverWithItem(1);
    }

    private Projection<?> find(String view) {
        return projections
                .find(view)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "There is no view of that name."));
    }

    private static Uni<ViewStatus> status(Projection<?> projection) {
        return Uni.combine()
                .all()
                .unis(projection.builds().current(), projection.parked().counts(Watch.MAX_PARKED_STORES))
                .asTuple()
                .map(both -> new ViewStatus(
                        projection.view().name().value(),
                        projection.view().version(),
                        both.getItem1().stream()
                                .filter(BuildStatus::live)
                                .findFirst()
                                .map(ViewStatus.Made::of),
                        both.getItem1().stream()
                                .filter(build -> !build.live())
                                .findFirst()
                                .map(ViewStatus.Made::of),
                        both.getItem2().stream().mapToLong(Count::events).sum()));
    }
}
