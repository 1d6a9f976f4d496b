package dev.hearth.standalone.bench;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/// A Hearth that is measured: one started for it, with data that nobody needs.
public interface Subject {
    /// The one origin, without a slash at its end.
    URI origin();

    /// A fresh access token of the one who owns the stores, an administrator.
    String token();

    /// A connection of the superuser's to the database the log is in: for raw limits, and to fill tables fast.
    Connection postgres() throws SQLException;

    /// What all its processes hold in memory: their proportional set size, in bytes.
    long memory();

    /// Stops it in order and starts it again. How long it took from the command to `ready`.
    Duration restart();

    /// Kills it with all that belongs to it, and starts it again. How long that start took.
    Duration killAndRestart();

    /// How long the very first start took, on a machine that has built Hearth and never run it.
    Duration firstStart();
}
