package dev.hearth.caller;

import java.util.Set;

/// What changed in identity: `cursor` is where to go on, `subjects` what nothing remembered may be believed of.
/// `lost` says that the cursor asked for is not known (any more): then nothing at all may be believed.
public record Changes(String cursor, Set<Subject> subjects, boolean lost) {
    public Changes {
        subjects = Set.copyOf(subjects);
    }
}
