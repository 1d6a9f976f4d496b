package dev.hearth.auth.carry;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.hearth.auth.carry.Archive.EventLine;
import dev.hearth.auth.carry.Archive.File;
import dev.hearth.auth.carry.Archive.Manifest;
import dev.hearth.auth.carry.Archive.OwnStore;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An archive of which every byte is known to be what was exported: read once as a whole, before anything of it is
/// taken
/// in. `stores` are by their file.
record CheckedArchive(Map<String, OwnStore> stores) {
    private static final int MOST_LIST_BYTES = 16 * 1024 * 1024;

    /// What was found in one file.
    private record Found(long bytes, String sha256, long lines) {}

    static CheckedArchive check(ArchiveFiles files) throws IOException {
        return new Check().check(files);
    }

    private static final class Check {
        private final Map<String, Found> found = new HashMap<>();
        private @Nullable Manifest manifest;
        private @Nullable List<OwnStore> stores;

        CheckedArchive check(ArchiveFiles files) throws IOException {
            files.each(this::look);
            if (manifest == null || stores == null) {
                throw BadArchive.because("The archive has no manifest or no list of stores: it has broken off.");
            }
            knowsItsVersion(manifest);
            holdsWhatItSays(manifest);
            return new CheckedArchive(byFile(stores));
        }

        private void look(String name, InputStream content) throws IOException {
            var digest = Digests.sha256();
            var counted = new Counted(new DigestInputStream(content, digest));
            long lines = 0;
            if (name.equals(Archive.MANIFEST)) {
                manifest = read(name, counted, new TypeReference<>() {});
            } else if (name.equals(Archive.STORES)) {
                stores = read(name, counted, new TypeReference<>() {});
            } else if (name.endsWith(".jsonl")) {
                lines = events(name, counted);
            }
            counted.skipAll();
            found.put(name, new Found(counted.read, HexFormat.of().formatHex(digest.digest()), lines));
        }

        private static <T> T read(String name, InputStream content, TypeReference<T> type) throws IOException {
            byte[] bytes = content.readNBytes(MOST_LIST_BYTES + 1);
            if (bytes.length > MOST_LIST_BYTES) {
                throw BadArchive.in(name, "The file is larger than any list of that kind.");
            }
            try {
                return Objects.requireNonNull(Archive.JSON.readValue(bytes, type));
            } catch (JacksonException | NullPointerException malformed) {
                throw BadArchive.in(name, "The file does not have the expected shape.");
            }
        }

        /// Each is one that could be appended, so that none is refused half-way.
        private static long events(String name, InputStream content) throws IOException {
            var lines = new Lines(name, content);
            for (var line = lines.next(); line.isPresent(); line = lines.next()) {
                check(name, lines.number(), line.get());
            }
            return lines.number();
        }

        private static void check(String name, long number, byte[] bytes) {
            try {
                EventLine line = EventLines.read(bytes);
                if (line.sequence() != number) {
                    throw BadArchive.in(name, "Line " + number + " is not the event of this number.");
                }
                if (!line.erased()) {
                    EventLines.event(line);
                }
            } catch (IOException | IllegalArgumentException | NullPointerException malformed) {
                throw BadArchive.in(name, "Line " + number + " is no event.");
            }
        }

        private static void knowsItsVersion(Manifest manifest) {
            if (!Archive.FORMAT.equals(manifest.format()) || manifest.version() != Archive.VERSION) {
                throw BadArchive.in(
                        Archive.MANIFEST,
                        "This server takes in archives of the format " + Archive.FORMAT + ", version " + Archive.VERSION
                                + ".");
            }
        }

        private void holdsWhatItSays(Manifest manifest) {
            var files = Optional.ofNullable(manifest.files()).orElse(List.of());
            for (File said : files) {
                var is = said == null ? null : found.get(said.path());
                if (said == null || is == null) {
                    throw BadArchive.in(Archive.MANIFEST, "A file is missing that the manifest tells of.");
                }
                if (is.bytes() != said.bytes()
                        || !is.sha256().equals(said.sha256())
                        || said.lines().filter(lines -> lines != is.lines()).isPresent()) {
                    throw BadArchive.in(said.path(), "The file is not the one that was exported.");
                }
            }
            var told = files.stream().map(File::path).collect(Collectors.toSet());
            found.keySet().stream()
                    .filter(name -> !name.equals(Archive.MANIFEST) && !told.contains(name))
                    .findFirst()
                    .ifPresent(name -> {
                        throw BadArchive.in(name, "The manifest does not tell of this file.");
                    });
        }

        private Map<String, OwnStore> byFile(List<OwnStore> stores) {
            for (var store : stores) {
                var events = store == null || store.file() == null ? null : found.get(store.file());
                if (events == null || events.lines() != store.head() || !Stores.canBe(store)) {
                    throw BadArchive.in(Archive.STORES, "A store is not told of as it is in the archive.");
                }
            }
            try {
                return stores.stream().collect(Collectors.toMap(OwnStore::file, Function.identity()));
            } catch (IllegalStateException twice) {
                throw BadArchive.in(Archive.STORES, "Two stores have the same events.");
            }
        }
    }

    private static final class Counted extends FilterInputStream {
        private long read;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = in.read(bytes, offset, length);
            read += Math.max(0, count);
            return count;
        }

        void skipAll() throws IOException {
            byte[] bytes = new byte[8192];
            while (read(bytes, 0, bytes.length) >= 0) {
                // Counted, and in the digest.
            }
        }
    }
}
