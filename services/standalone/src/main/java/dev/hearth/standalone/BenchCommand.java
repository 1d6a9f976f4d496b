package dev.hearth.standalone;

import dev.hearth.standalone.bench.BenchFailed;
import dev.hearth.standalone.bench.Figure;
import dev.hearth.standalone.bench.Row;
import dev.hearth.standalone.bench.Rows;
import dev.hearth.standalone.bench.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "bench",
        description = {
            "Measures Hearth, each figure beside its raw limit in the same run, and prints a table. It starts a Hearth of",
            "its own on free ports with a folder that goes away; yours is not touched. Quiet machines tell more."
        },
        mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "ROW",
            arity = "0..*",
            completionCandidates = Names.class,
            description =
                    "What to measure: ${COMPLETION-CANDIDATES}. Default: everything but `stores`, some 8 minutes.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--list", description = "Says what can be measured, and measures nothing.")
    private boolean list;

    /// For `--help`.
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Rows.ALL.stream().map(Row::name).iterator();
        }
    }

    @Override
    public Integer call() throws IOException {
        if (list) {
            Rows.ALL.forEach(row -> System.out.printf("%-10s %s%n", row.name(), row.about()));
            return 0;
        }
        var rows = wanted();
        var progress = new Progress(System.err);
        List<Figure> figures = new ArrayList<>();
        int code = 0;
        try (var hearth = new BenchedHearth(Files.createTempDirectory("hearth-bench"), progress)) {
            // Also after Ctrl-C nothing is left behind.
            Runtime.getRuntime().addShutdownHook(new Thread(hearth::close, "stop"));
            for (Row row : rows) {
                try {
                    figures.addAll(row.measure(hearth, progress::say));
                } catch (BenchFailed failed) {
                    progress.say(row.name() + " could not be measured: " + failed.getMessage());
                    code = 1;
                }
            }
        }
        System.out.println(Machine.line());
        System.out.println();
        System.out.println(Table.of(figures));
        return code;
    }

    private List<Row> wanted() {
        for (String name : names) {
            if (Rows.ALL.stream().noneMatch(row -> row.name().equals(name))) {
                throw new Refusal(
                        "There is nothing called " + name + " to measure; `hearth bench --list` says what is.");
            }
        }
        return Rows.ALL.stream()
                .filter(row -> names.isEmpty() ? !row.name().equals("stores") : names.contains(row.name()))
                .toList();
    }
}
