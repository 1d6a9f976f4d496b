package dev.hearth.auth.carry;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// Archives taken apart by hand, and put together otherwise.
final class Zips {
    private Zips() {}

    static Map<String, byte[]> files(byte[] archive) {
        try (var zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            var files = new LinkedHashMap<String, byte[]>();
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
            return files;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static byte[] archive(Map<String, byte[]> files) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toByteArray();
    }

    /// With another manifest, which tells of these files as they are: as whoever forges an archive would.
    static byte[] forged(Map<String, byte[]> files) {
        try {
            var told = new ArrayList<Archive.File>();
            files.forEach((path, content) -> {
                if (!path.equals(Archive.MANIFEST)) {
                    told.add(new Archive.File(
                            path,
                            content.length,
                            java.util.HexFormat.of().formatHex(Digests.sha256().digest(content)),
                            Optional.empty()));
                }
            });
            var manifest = new Archive.Manifest(
                    Archive.FORMAT,
                    Archive.VERSION,
                    java.time.Instant.now(),
                    new UUID(0, 0),
                    new Archive.Counts(0, 0),
                    List.copyOf(told));
            var all = new LinkedHashMap<>(files);
            all.put(Archive.MANIFEST, Archive.JSON.writeValueAsBytes(manifest));
            return archive(all);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8);
    }
}
