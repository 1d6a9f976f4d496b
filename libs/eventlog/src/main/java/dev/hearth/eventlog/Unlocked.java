package dev.hearth.eventlog;

import java.util.UUID;

/// The vault a private append belongs to, and the epoch at which its writer saw it unlocked.
public record Unlocked(UUID vault, long epoch) {}
