package dev.hearth.standalone.bench;

import java.util.List;

/// Everything that can be measured, in the order that disturbs least: what fills tables comes late.
public final class Rows {
    public static final List<Row> ALL = List.of(
            new MemoryRow(),
            new StartRow(),
            new AppendRow(),
            new LiveRow(),
            new ViewRow(),
            new CatchUpRow(),
            new RebuildRow(),
            new ManyStoresRow());

    private Rows() {}
}
