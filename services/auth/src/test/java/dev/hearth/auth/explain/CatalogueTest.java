package dev.hearth.auth.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.contracts.ProblemType;
import dev.hearth.problems.Statuses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// `docs/problems.md` says what the code does.
class CatalogueTest {
    private static final Path PAGE = Path.of("../../docs/problems.md");
    private static final Pattern HEADING = Pattern.compile("### (\\S+)");

    private final List<String> lines = read();

    @ParameterizedTest
    @EnumSource
    void each_type_has_a_section_with_its_status_and_title(ProblemType type) {
        int heading = lines.indexOf("### " + type.slug());

        assertThat(heading)
                .as("docs/problems.md has a section ### %s", type.slug())
                .isNotNegative();
        assertThat(lines.subList(heading, Math.min(heading + 4, lines.size())))
                .contains("**" + Statuses.of(type) + "** · " + type.title());
    }

    @Test
    void no_section_tells_of_a_type_that_does_not_exist() {
        var slugs = Arrays.stream(ProblemType.values()).map(ProblemType::slug).toList();

        assertThat(lines.stream()
                        .map(HEADING::matcher)
                        .filter(heading -> heading.matches())
                        .map(heading -> heading.group(1)))
                .isSubsetOf(slugs);
    }

    private static List<String> read() {
        try {
            return Files.readAllLines(PAGE);
        } catch (IOException missing) {
            throw new AssertionError("docs/problems.md cannot be read", missing);
        }
    }
}
