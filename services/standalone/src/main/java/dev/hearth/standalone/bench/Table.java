package dev.hearth.standalone.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The figures as a Markdown table, readable as plain text too.
public final class Table {
    private static final List<String> HEADINGS = List.of("what", "Hearth", "beside", "goal", "met");

    private Table() {}

    public static String of(List<Figure> figures) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        figures.forEach(figure ->
                rows.add(List.of(figure.what(), figure.measured(), figure.beside(), figure.goal(), figure.verdict())));
        int[] widths = IntStream.range(0, HEADINGS.size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        List<String> lines = new ArrayList<>();
        rows.forEach(row -> lines.add(line(row, widths)));
        lines.add(1, IntStream.of(widths).mapToObj("-"::repeat).collect(Collectors.joining(" | ", "| ", " |")));
        return String.join(System.lineSeparator(), lines);
    }

    private static String line(List<String> row, int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(column -> String.format("%-" + Math.max(1, widths[column]) + "s", row.get(column)))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }
}
