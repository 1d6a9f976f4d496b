package dev.hearth.embedded;

import java.nio.file.Path;

/// @param dataFolder the cluster; made if it is missing, kept at stop
/// @param cacheFolder where the user's unpacked programs are
/// @param durable false switches fsync off, which only tests may
public record PostgresConfig(
        Path dataFolder,
        Path logFile,
        Path pidFile,
        Path cacheFolder,
        int port,
        Secret superuserPassword,
        boolean durable) {}
