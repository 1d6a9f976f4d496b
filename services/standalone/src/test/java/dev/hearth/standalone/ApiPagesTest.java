package dev.hearth.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `docs/api` shows the APIs as the code has them. With `-Dhearth.docs.update=true` the pages are written anew.
class ApiPagesTest {
    private static final Path ROOT = Path.of("../..");

    @ParameterizedTest
    @ValueSource(strings = {"auth", "event-store", "projection", "sync", "vault-metadata", "device-gateway"})
    void the_page_of_a_service_is_what_its_build_wrote(String service) throws IOException {
        var built = ROOT.resolve("services/" + service + "/target/openapi/openapi.yaml");
        var page = ROOT.resolve("docs/api/" + service + ".yaml");
        assertThat(built).as("written by the build of services/%s", service).exists();

        if (Boolean.getBoolean("hearth.docs.update")) {
            Files.createDirectories(page.getParent());
            Files.writeString(page, Files.readString(built));
        }

        assertThat(page)
                .as("see CONTRIBUTING.md, API pages, for how to write it")
                .hasSameTextualContentAs(built);
    }
}
