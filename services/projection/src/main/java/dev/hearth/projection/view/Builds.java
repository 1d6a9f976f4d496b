package dev.hearth.projection.view;

import dev.hearth.contracts.Principal;
import dev.hearth.contracts.StoreId;
import dev.hearth.eventlog.Head;
import dev.hearth.projection.view.BuildStatus.Swept;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The builds of one view, as all processes share them.
public interface Builds {

    /// Those that are live or being made, the oldest first.
    Uni<List<BuildStatus>> current();

    /// Sees to it that a build of this version, or a newer, is live or being made. `anew`: that one is being
    /// made.
    Uni<Void> begin(int version, boolean anew);

    /// Runs one part of the sweep of the build of this version that is being made, unless another process does:
    /// then, and when nothing is being made, the answer is empty. What `part` returns is kept as where the next
    /// one begins.
    Uni<Optional<Part>> sweep(int version, Function<BuildStatus, Uni<Part>> part);

    /// Notes what there is to sweep.
    Uni<Void> measured(int build, Swept all);

    /// Those of the stores that a build has not folded up to their heads.
    Uni<List<StoreId>> behind(int build, List<Head> heads);

    /// Stores of which the live build knows more than this one.
    Uni<List<StoreId>> behindLive(int build, int limit);

    /// Makes a build the live one; false while the live one knows more.
    Uni<Boolean> makeLive(int build);

    /// Removes rows of retired builds, up to so many of each kind; false when nothing was left.
    Uni<Boolean> dropRetired(int limit);

    /// The stores of which any build has something, ordered by id, after `after`.
    Uni<List<Kept>> kept(Optional<StoreId> after, int limit);

    /// Takes a store out of every build.
    Uni<Void> forget(Kept store);

    /// A store, and whose it is or was.
    record Kept(StoreId store, Principal owner) {}

    /// How far a sweep has come, all in all; `last`: there is no store after it.
    record Part(Optional<StoreId> sweptTo, Swept swept, boolean last) {}
}
