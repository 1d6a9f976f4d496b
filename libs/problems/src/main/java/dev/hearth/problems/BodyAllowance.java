package dev.hearth.problems;

/// A path whose bodies may be larger than others. A bean of it makes it so.
public record BodyAllowance(String path, long maxBytes) {}
