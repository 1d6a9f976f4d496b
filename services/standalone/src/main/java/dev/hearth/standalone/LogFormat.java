package dev.hearth.standalone;

/// How log lines are written.
enum LogFormat {
    /// For people.
    TEXT,
    /// One JSON object a line, for programs.
    JSON
}
