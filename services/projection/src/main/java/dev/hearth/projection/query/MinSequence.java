package dev.hearth.projection.query;

import dev.hearth.contracts.Generation;
import dev.hearth.contracts.ProblemType;
import dev.hearth.contracts.Sequence;
import dev.hearth.contracts.StoreId;
import dev.hearth.problems.ProblemException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How far a view has to have come in one store before it answers. Written `<store>=<sequence>`, or
/// `<store>=<generation>-<sequence>`, which needs no look at the log when the view is there already; several
/// with commas.
public record MinSequence(StoreId store, Optional<Generation> generation, Sequence sequence) {
    public static final String HEADER = "Hearth-Min-Sequence";

    private static final Pattern FORM =
            Pattern.compile("([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})=(?:([0-9]{1,18})-)?([0-9]{1,18})");

    static List<MinSequence> parse(@Nullable String header, int most) {
        if (header == null || header.isBlank()) {
            return List.of();
        }
        var wanted = Arrays.stream(header.split(",", -1))
                .map(String::strip)
                .map(MinSequence::one)
                .toList();
        if (wanted.size() > most) {
            throw refused("names at most " + most + " stores");
        }
        return wanted;
    }

    private static MinSequence one(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw refused("is written store=sequence or store=generation-sequence, several with commas");
        }
        try {
            return new MinSequence(
                    StoreId.parse(form.group(1)),
                    Optional.ofNullable(form.group(2)).map(Long::valueOf).map(Generation::new),
                    new Sequence(Long.parseLong(form.group(3))));
        } catch (IllegalArgumentException outOfRange) {
            throw refused("has a generation from 1");
        }
    }

    private static ProblemException refused(String what) {
        return new ProblemException(ProblemType.INVALID_REQUEST, "The header " + HEADER + " " + what + ".");
    }
}
