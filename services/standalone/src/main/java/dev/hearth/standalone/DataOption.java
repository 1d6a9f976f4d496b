package dev.hearth.standalone;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// `--data DIR`, the same in every command.
final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data folder. Default: hearth in the user's state folder, ~/.local/state/hearth.")
    private @Nullable Path folder;

    DataFolder folder() {
        return folder == null ? DataFolder.ofUser() : new DataFolder(folder);
    }
}
