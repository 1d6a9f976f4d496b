package dev.hearth.projection.fold;

import dev.hearth.contracts.Generation;
import dev.hearth.contracts.Sequence;
import dev.hearth.eventlog.Event;
import java.util.Comparator;

/// How far a store has been folded: everything of this generation up to this sequence.
public record Checkpoint(Generation generation, Sequence sequence) implements Comparable<Checkpoint> {
    public static final Checkpoint START = new Checkpoint(Generation.FIRST, Sequence.ZERO);

    private static final Comparator<Checkpoint> ORDER =
            Comparator.comparing(Checkpoint::generation).thenComparing(Checkpoint::sequence);

    /// What an event is to somebody who stands here.
    public enum Verdict {
        /// Folded already, or of a history that was replaced.
        KNOWN,
        NEXT,
        /// The first of a newer generation: what was folded before is void.
        NEXT_GENERATION,
        /// Something before it is missing.
        BEYOND
    }

    public static Checkpoint at(Event event) {
        return new Checkpoint(event.generation(), event.sequence());
    }

    public Verdict verdict(Event event) {
        if (at(event).compareTo(this) <= 0) {
            return Verdict.KNOWN;
        }
        if (event.generation().equals(generation)) {
            return event.sequence().value() == sequence.value() + 1 ? Verdict.NEXT : Verdict.BEYOND;
        }
        return event.sequence().value() == 1 ? Verdict.NEXT_GENERATION : Verdict.BEYOND;
    }

    public boolean reaches(Checkpoint other) {
        return compareTo(other) >= 0;
    }

    @Override
    public int compareTo(Checkpoint other) {
        return ORDER.compare(this, other);
    }
}
