package dev.hearth.projection.laws;

import dev.hearth.projection.fold.View.Unit;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// A script is any order of: appends, deliveries, redeliveries, losses, resets, crashes between any two steps,
/// rebuilds (of the same code and of newer code) with all of that in between, redrives.
final class ProjectionLawsTest {

    @Property(tries = 400)
    void whatever_happens_rows_are_the_fold_of_the_log(
            @ForAll Unit unit, @ForAll @Size(max = 60) List<@IntRange(max = 20_000) Integer> script) {
        var world = new World(unit);

        world.run(script);

        world.settle();
        world.theLiveBuildIsTheFoldOfTheLog();
    }

    @Property(tries = 200)
    void what_was_parked_is_there_after_the_code_was_mended_and_it_was_redriven(
            @ForAll Unit unit, @ForAll @Size(max = 40) List<@IntRange(max = 20_000) Integer> script) {
        var world = new World(unit);
        world.run(script);
        world.settle();

        world.heal();
        world.redrive();

        world.theLiveBuildIsTheFoldOfTheLog();
    }
}
