package dev.hearth.projection.fold;

/// One making of a view: its rows carry the number. Queries are answered from the live one; another may be
/// built beside it.
public record Build(int number, boolean live) {}
