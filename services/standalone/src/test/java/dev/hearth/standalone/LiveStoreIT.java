package dev.hearth.standalone;

/// All services in one program.
final class LiveStoreIT extends LiveStoreScenario {}
