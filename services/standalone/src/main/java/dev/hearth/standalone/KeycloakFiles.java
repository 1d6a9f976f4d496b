package dev.hearth.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// What this program brings along for Keycloak: `deploy/keycloak`.
final class KeycloakFiles {
    private static final String COMMON = "common-passwords.txt";

    private KeycloakFiles() {}

    static String realm() {
        try (var file = KeycloakFiles.class.getResourceAsStream("/hearth-realm.json")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Lays the list of passwords that nobody may have into this folder, where Keycloak looks for it.
    static Path passwordLists(Path folder) {
        try (var file = KeycloakFiles.class.getResourceAsStream("/" + COMMON)) {
            Files.createDirectories(folder);
            Files.copy(file, folder.resolve(COMMON), StandardCopyOption.REPLACE_EXISTING);
            return folder;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
