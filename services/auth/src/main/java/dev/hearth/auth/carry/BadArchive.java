package dev.hearth.auth.carry;

import dev.hearth.contracts.ProblemType;
import dev.hearth.problems.ProblemException;
import java.util.Map;

/// Why an archive is refused. Names of files come from its sender, so they are cut.
final class BadArchive {
    private static final int MOST_SAID = 100;

    private BadArchive() {}

    static ProblemException because(String detail) {
        return new ProblemException(ProblemType.ARCHIVE_REFUSED, detail);
    }

    static ProblemException in(String file, String detail) {
        return new ProblemException(ProblemType.ARCHIVE_REFUSED, detail, Map.of("file", said(file)));
    }

    static ProblemException tooLarge(String what, long allowed) {
        return new ProblemException(
                ProblemType.ARCHIVE_REFUSED,
                "The archive has more than " + allowed + " " + what + ".",
                Map.of("allowed", allowed));
    }

    private static String said(String file) {
        return file.length() <= MOST_SAID ? file : file.substring(0, MOST_SAID) + "…";
    }
}
