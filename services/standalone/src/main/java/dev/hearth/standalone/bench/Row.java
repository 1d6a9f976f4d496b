package dev.hearth.standalone.bench;

import java.util.List;

/// One thing to measure.
public interface Row {
    /// What `hearth bench NAME` calls it.
    String name();

    /// One line for `--help`.
    String about();

    List<Figure> measure(Subject subject, Telling telling);
}
