package dev.hearth.testkit;

import org.testcontainers.DockerClientFactory;

/// Whether test servers run in containers: asked for with `-Dhearth.test.containers=true`, and there is an engine.
final class Containers {
    private Containers() {}

    static boolean wanted() {
        return Boolean.getBoolean("hearth.test.containers")
                && DockerClientFactory.instance().isDockerAvailable();
    }
}
